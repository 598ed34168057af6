"""Monthly statistics (月报) to CNCA, CNAS and CCAA, where the body's procedure asks for them (profile zqhx, 3.2.2).

The procedure says 对口上报: each recipient gets what is its business, and every body reports to each of them, as
rule ZQHX-3.2.2 judges it. One file per recipient; the period is named '2026-10-CNAS'.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from reports.submissions.facts import Fact
from reports.submissions.filing import Filing
from reports.submissions.form_profiles import form_in_force
from reports.submissions.kinds import KINDS
from reports.submissions.opened import OpenWarehouse, SubmissionRefused
from reports.submissions.result import SubmissionResult
from reports.submissions.statistics.figure_filing import Statistics, known_period, prepare_statistics
from reports.submissions.statistics.figure_form_reading import load_form
from reports.submissions.statistics.figures import Span

_KIND = KINDS["monthly_statistics"]


def prepare(
    warehouse: OpenWarehouse, body_id: str, period: str | None, profile: str | None, out_root: Path
) -> list[SubmissionResult]:
    _refuse_without_profile(warehouse)
    month, wanted = (period[:7], period[8:]) if period else (_last_month(warehouse.as_of), "")
    recipients = _recipients(warehouse)
    if wanted and wanted not in recipients:
        raise SubmissionRefused(
            f"No recipient {wanted!r} of the monthly statistics: {', '.join(recipients)}."
        )
    chosen = [wanted] if wanted else recipients
    return [_prepare_one(warehouse, body_id, month, one, profile, out_root) for one in chosen]


def _prepare_one(
    warehouse: OpenWarehouse, body_id: str, month: str, recipient: str, profile: str | None, out_root: Path
) -> SubmissionResult:
    known = known_period(warehouse, "month", month)
    obstacles = () if known.is_over else (f"{month}尚未结束，数据截至{warehouse.as_of}",)
    first_on = date.fromisoformat(f"{month}-01")
    statistics = Statistics(
        form=form_in_force(load_form, _KIND.forms, warehouse.as_of, profile),
        span=Span(
            this=month,
            before=_last_month(first_on),
            to_date=tuple(f"{first_on.year}-{number:02}" for number in range(1, first_on.month + 1)),
        ),
        period_words=f"{first_on.year}年{first_on.month}月",
        until=known.reported_until,
        fact=Fact("monthly_report", period=month, recipient=recipient),
        recipient=recipient,
    )
    filing = Filing(
        _KIND.name,
        f"{_KIND.title_zh}（{recipient}）",
        body_id,
        _KIND.filing_period(month, recipient),
        obstacles,
    )
    return prepare_statistics(warehouse, filing, statistics, out_root)


def _refuse_without_profile(warehouse: OpenWarehouse) -> None:
    row = warehouse.connection.execute("select profiles from warehouse.marts.dim_run").fetchone()
    if row is None or _KIND.rule_profile not in row[0].split(","):
        raise SubmissionRefused(
            f"Monthly statistics are a matter of profile {_KIND.rule_profile}: {warehouse.name} was built without it."
        )


def _recipients(warehouse: OpenWarehouse) -> list[str]:
    rows = warehouse.connection.execute(
        "select recipient from warehouse.submissions.sub_statistics__recipient order by recipient"
    ).fetchall()
    return [recipient for (recipient,) in rows]


def _last_month(day: date) -> str:
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"
