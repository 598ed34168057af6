"""Suspended, revoked, cancelled and restored certificates that are to be reported on a day (clause 9.4)."""

from __future__ import annotations

from pathlib import Path

from reports.submissions.audit_plan import day_of
from reports.submissions.facts import RowFacts
from reports.submissions.filing import Filing
from reports.submissions.form_profiles import form_in_force
from reports.submissions.kinds import KINDS
from reports.submissions.opened import OpenWarehouse
from reports.submissions.records.sheet_filing import Contents, prepare_workbook
from reports.submissions.records.sheet_form import load_form
from reports.submissions.result import SubmissionResult

_KIND = KINDS["status_change"]
# A certificate that was suspended and restored since the last report is one row and two facts.
_FACTS = RowFacts(
    kind="status_change",
    sheet="103010",
    subjects_sql=(
        "(select list(event.event_id) from warehouse.submissions.sub_status_change__event as event"
        " where event.certificate_id = fact.certificate_id)"
    ),
)


def prepare(
    warehouse: OpenWarehouse, body_id: str, period: str | None, profile: str | None, out_root: Path
) -> list[SubmissionResult]:
    day = day_of(warehouse, period)
    filing = Filing(_KIND.name, _KIND.title_zh, body_id, day.isoformat())
    contents = Contents(form=form_in_force(load_form, _KIND.forms, day, profile), facts=(_FACTS,))
    return [prepare_workbook(warehouse, filing, contents, out_root)]
