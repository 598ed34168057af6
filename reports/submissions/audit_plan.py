"""The audit plans that are to be reported on a day: 审核计划信息表 (clause 9.2, three days before the audit)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reports.submissions.facts import RowFacts
from reports.submissions.filing import Filing
from reports.submissions.form_profiles import form_in_force
from reports.submissions.kinds import KINDS
from reports.submissions.opened import OpenWarehouse, SubmissionRefused
from reports.submissions.records.sheet_filing import Contents, prepare_workbook
from reports.submissions.records.sheet_form import load_form
from reports.submissions.result import SubmissionResult

_KIND = KINDS["audit_plan"]
_FACTS = RowFacts(kind="audit_plan", sheet="102010", subjects_sql="[fact.audit_id]")


def prepare(
    warehouse: OpenWarehouse, body_id: str, period: str | None, profile: str | None, out_root: Path
) -> list[SubmissionResult]:
    day = day_of(warehouse, period)
    filing = Filing(_KIND.name, _KIND.title_zh, body_id, day.isoformat())
    contents = Contents(form=form_in_force(load_form, _KIND.forms, day, profile), facts=(_FACTS,))
    return [prepare_workbook(warehouse, filing, contents, out_root)]


def day_of(warehouse: OpenWarehouse, period: str | None) -> date:
    """The warehouse's own day: what is to be reported on another day, only its warehouse knows."""
    if period not in (None, warehouse.as_of.isoformat()):
        raise SubmissionRefused(
            f"Day {period}: this warehouse speaks of {warehouse.as_of}; run with --as-of {period} first."
        )
    return warehouse.as_of
