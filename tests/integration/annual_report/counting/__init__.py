"""The second counting: one function `check_<table>` per table of the report. None of them reads what the report reads,
or not in the same way."""

from __future__ import annotations

from collections.abc import Callable

from reports.annual_report.model import Report, Table
from tests.integration.annual_report.counting import audits, certificates, duties, findings, people
from tests.integration.annual_report.counting.asking import Connection

CHECKS: dict[str, Callable[[Report, Table, Connection], None]] = {
    name.removeprefix("check_"): function
    for module in (certificates, audits, findings, people, duties)
    for name, function in vars(module).items()
    if name.startswith("check_")
}
