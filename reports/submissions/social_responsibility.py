"""The social responsibility report as a document, with the figures that the warehouse has (clause 9.1 (2))."""

from __future__ import annotations

from pathlib import Path

from reports.submissions.facts import Fact
from reports.submissions.kinds import KINDS
from reports.submissions.opened import OpenWarehouse
from reports.submissions.result import SubmissionResult
from reports.submissions.statistics.years import prepare_year

_KIND = KINDS["social_responsibility"]


def prepare(
    warehouse: OpenWarehouse, body_id: str, period: str | None, profile: str | None, out_root: Path
) -> list[SubmissionResult]:
    year = period or str(warehouse.as_of.year - 1)
    fact = Fact("social_responsibility_report", period=year, recipient="CNCA")
    return [prepare_year(warehouse, _KIND, body_id, year, profile, fact, out_root)]
