"""What a schedule prepares: the files of a period that nobody has gone on with yet.

A new version supersedes the one before. What people have begun to approve, or have sent, is therefore left
alone: whether it is to be corrected is their decision. What was rejected is prepared anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dagster_project.filing.ledger import Ledger, ledger_path
from dagster_project.filing.preparing import Prepared, prepare
from dagster_project.filing.states import Phase
from dagster_project.warehouse.home import Home
from reports.submissions.kinds import KINDS

ACTOR = "dagster"

_IN_HANDS = (Phase.HALF_APPROVED, Phase.APPROVED, Phase.SENT, Phase.ACCEPTED, Phase.PARTLY_ACCEPTED)


def prepare_scheduled(
    home: Home, kind: str, warehouse: Path, period: str, say: Callable[[str], None]
) -> list[Prepared]:
    """Prepare and register the files of all bodies for a period. Raises what filing.prepare raises."""
    with Ledger.read(ledger_path(home)) as ledger:
        phases = {
            (filing.body_id, filing.period): filing.phase
            for filing in ledger.filings()
            if filing.kind == kind and filing.superseded_by is None
        }
    prepared = []
    for body_id in _bodies(warehouse):
        for one in _periods(warehouse, kind, period, body_id):
            phase = phases.get((body_id, one))
            if phase in _IN_HANDS:
                say(f"{kind} {one} of {body_id} is {phase}: left to those who deal with it")
                continue
            faults: dict[str, Exception] = {}
            prepared += prepare(home, kind, warehouse, by=ACTOR, body_id=body_id, period=one, faults=faults)
            for fault in faults.values():
                say(f"{kind} {one} of {body_id} could not be prepared: {fault}")
    return prepared


def _bodies(warehouse: Path) -> list[str]:
    return _column(warehouse, "select body_id from marts.dim_certification_body order by 1")


def _periods(warehouse: Path, kind: str, period: str, body_id: str) -> list[str]:
    """Of a kind with a file for each recipient there are as many; without its rule profile there is none."""
    if not KINDS[kind].is_for_each_recipient:
        return [period]
    recipients = _column(
        warehouse,
        "select distinct recipient from marts.fct_submission_calendar"
        " where kind = ? and body_id = ? order by 1",
        kind,
        body_id,
    )
    return [KINDS[kind].filing_period(period, recipient) for recipient in recipients]


def _column(warehouse: Path, query: str, *parameters: str) -> list[str]:
    from reports.warehouse import open_warehouse

    with open_warehouse(warehouse) as connection:
        return [value for (value,) in connection.execute(query, list(parameters)).fetchall()]
