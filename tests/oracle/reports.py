"""What was reported: accepted reports on a subject, and for a period."""

from __future__ import annotations

from datetime import date

from .records import Record
from .world import World, earliest

CNCA_OR_UNSAID = ("CNCA", None)


def _is_accepted(world: World, row: Record, kind: str, recipients: tuple[str | None, ...]) -> bool:
    return bool(
        row.kind == kind
        and row.recipient in recipients
        and row.result == "accepted"
        and world.happened(row.reported_on)
    )


def reported(world: World, kind: str, subject_id: str, recipients: tuple[str | None, ...]) -> date | None:
    """The earliest accepted report of a kind on a subject to one of these recipients."""
    rows = world.of("cnca_report", "subject_id", subject_id)
    return earliest(*(row.reported_on for row in rows if _is_accepted(world, row, kind, recipients)))


def reported_period(
    world: World, kind: str, body_id: str, period: str, recipients: tuple[str | None, ...]
) -> date | None:
    """The earliest accepted report of a kind by a body for a period to one of these recipients."""
    rows = world.of("cnca_report", "body_id", body_id)
    return earliest(
        *(
            row.reported_on
            for row in rows
            if row.period == period and _is_accepted(world, row, kind, recipients)
        )
    )
