"""What landing a source would do, without landing it: everything that is wrong with it, at once."""

from ingestion.check.faults import CLEAN, LOSSES, REFUSED, CheckReport, Fault, FaultKind
from ingestion.check.judging import check
from ingestion.check.losses import loss_lines
from ingestion.check.text import render
from ingestion.check.workbook import write_workbook

__all__ = [
    "CLEAN",
    "LOSSES",
    "REFUSED",
    "CheckReport",
    "Fault",
    "FaultKind",
    "check",
    "loss_lines",
    "render",
    "write_workbook",
]
