"""The annual file: 登记表, 业务统计表 and 人员统计表 as one workbook, and the annual work report (clause 9.1 (1))."""

from __future__ import annotations

from pathlib import Path

from reports.submissions.facts import Fact
from reports.submissions.kinds import KINDS
from reports.submissions.opened import OpenWarehouse
from reports.submissions.result import SubmissionResult
from reports.submissions.statistics.years import prepare_year

_KIND = KINDS["annual"]


def prepare(
    warehouse: OpenWarehouse, body_id: str, period: str | None, profile: str | None, out_root: Path
) -> list[SubmissionResult]:
    year = period or str(warehouse.as_of.year - 1)
    fact = Fact("annual_work_report", period=year, recipient="CNCA")
    return [prepare_year(warehouse, _KIND, body_id, year, profile, fact, out_root)]
