"""The monthly CNCA workbook: 证书信息表 and 审核结果信息表 of a calendar month (clause 9.3)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from ingestion.sql import text as quoted
from reports.submissions.facts import Fact, RowFacts
from reports.submissions.filing import Filing
from reports.submissions.form_profiles import form_in_force
from reports.submissions.kinds import KINDS
from reports.submissions.opened import OpenWarehouse, SubmissionRefused
from reports.submissions.records.sheet_filing import Contents, prepare_workbook
from reports.submissions.records.sheet_form import load_form
from reports.submissions.result import SubmissionResult

_KIND = KINDS["monthly"]


def prepare(
    warehouse: OpenWarehouse, body_id: str, period: str | None, profile: str | None, out_root: Path
) -> list[SubmissionResult]:
    month = date.fromisoformat(f"{period}-01") if period else _last_month(warehouse.as_of)
    form = form_in_force(load_form, _KIND.forms, warehouse.as_of, profile)
    filing = Filing(_KIND.name, _KIND.title_zh, body_id, f"{month:%Y-%m}", _obstacles(warehouse, month))
    contents = Contents(
        form=form,
        condition=f"record.month = date {quoted(month.isoformat())}",
        facts=(
            RowFacts(
                kind="certification_result",
                sheet="103010",
                subjects_sql="[fact.certificate_id]",
                where_sql="fact.report_type in ('new', 'exchanged')",
            ),
            Fact(kind="monthly_report", period=filing.period),
        ),
    )
    return [prepare_workbook(warehouse, filing, contents, out_root)]


def _last_month(as_of: date) -> date:
    return (as_of.replace(day=1) - timedelta(days=1)).replace(day=1)


def _obstacles(warehouse: OpenWarehouse, month: date) -> tuple[str, ...]:
    """A month that still runs is not ready. Raises SubmissionRefused for a month without files."""
    connection = warehouse.connection
    period = connection.execute(
        "select last_day = reported_until from warehouse.submissions.sub_monthly__period"
        f" where month = date {quoted(month.isoformat())}"
    ).fetchone()
    if period is None:
        known = [
            f"{found:%Y-%m}"
            for (found,) in connection.execute(
                "select month from warehouse.submissions.sub_monthly__period order by month"
            ).fetchall()
        ]
        raise SubmissionRefused(
            f"Month {month:%Y-%m}: this warehouse has files for {known[0]} to {known[-1]}."
        )
    return () if period[0] else (f"{month:%Y年%m月}尚未结束，数据截至{warehouse.as_of}",)
