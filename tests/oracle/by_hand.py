"""Records made by hand, for the oracle's own tests: everything that is not said is NULL."""

from __future__ import annotations

from datetime import date
from typing import Any

from .exports import RULES
from .records import Record, Source, record
from .world import World


def day(text: str) -> date:
    return date.fromisoformat(text)


def certificate(*unknown: str, **values: Any) -> Record:
    plain_values = {
        "certificate_id": "C1",
        "certificate_no": "12326IT00001R0CNAS",
        "body_id": "B1",
        "org_id": "O1",
        "system": "ITSMS",
        "issued_on": day("2026-03-01"),
        "expires_on": day("2029-02-28"),
        "cycle_no": 0,
    }
    return row("certificate", *unknown, **{**plain_values, **values})


def row(table: str, *unknown: str, **values: Any) -> Record:
    """A record; columns that are not said are NULL, those named first cannot be read."""
    known = {name: value for name, value in values.items() if name not in unknown}
    return record(table, known, unknown_cells=frozenset(unknown))


def event(seq: int, kind: str, effective_on: str, **values: Any) -> Record:
    plain_values = {"event_id": f"E{seq}", "certificate_id": "C1", "seq": seq, "event": kind}
    return row("certificate_event", **{**plain_values, "effective_on": day(effective_on), **values})


def follow_up(audit_id: str, end: str, kind: str = "surveillance", *unknown: str, **values: Any) -> Record:
    plain_values = {
        "audit_id": audit_id,
        "body_id": "B1",
        "org_id": "O1",
        "certificate_id": "C1",
        "audit_type": kind,
        "systems": ("ITSMS",),
        "status": "completed",
        "planned_start": day(end),
        "planned_end": day(end),
        "actual_start": day(end),
        "actual_end": day(end),
    }
    return row("audit", *unknown, **{**plain_values, **values})


def world(as_of: str, **tables: list[Record]) -> World:
    source = Source()
    source.rows["certification_body"].append(
        row(
            "certification_body",
            body_id="B1",
            name="某",
            approval_no="CNCA-R-2002-123",
            accreditation_code="CNAS",
        )
    )
    source.rows["organization"].append(row("organization", org_id="O1", name="某"))
    for table, rows in tables.items():
        source.rows[table] += rows
    return World(source, day(as_of))


def states(found: World, rule_id: str) -> dict[str, str]:
    return {verdict.subject_id: verdict.state for verdict in RULES[rule_id].verdicts(found)}
