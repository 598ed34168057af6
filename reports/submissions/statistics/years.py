"""What the yearly files have in common: a calendar year, compared with the one before."""

from __future__ import annotations

from pathlib import Path

from reports.submissions.facts import Fact
from reports.submissions.filing import Filing
from reports.submissions.form_profiles import form_in_force
from reports.submissions.kinds import Kind
from reports.submissions.opened import OpenWarehouse
from reports.submissions.result import SubmissionResult
from reports.submissions.statistics.figure_filing import Statistics, known_period, prepare_statistics
from reports.submissions.statistics.figure_form_reading import load_form
from reports.submissions.statistics.figures import Span


def prepare_year(
    warehouse: OpenWarehouse,
    kind: Kind,
    body_id: str,
    year: str,
    profile: str | None,
    fact: Fact,
    out_root: Path,
) -> SubmissionResult:
    """The file of one body and year. Raises SubmissionRefused, SupplementRefused, FormError."""
    known = known_period(warehouse, "year", year)
    obstacles = () if known.is_over else (f"{year}年尚未结束，数据截至{warehouse.as_of}",)
    statistics = Statistics(
        form=form_in_force(load_form, kind.forms, warehouse.as_of, profile),
        span=Span(this=year, before=str(int(year) - 1), to_date=(year,)),
        period_words=f"{year}年",
        until=known.reported_until,
        fact=fact,
    )
    filing = Filing(kind.name, kind.title_zh, body_id, year, obstacles)
    return prepare_statistics(warehouse, filing, statistics, out_root)
