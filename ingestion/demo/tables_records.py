"""record_item: the eleven kinds of records that each application and its audits leave behind."""

from __future__ import annotations

import numpy as np

from ingestion.demo import columns as col
from ingestion.demo.audits import Kind
from ingestion.demo.days import NONE, known
from ingestion.demo.streams import between, chance, pick
from ingestion.demo.tables_audits import confirmed_on
from ingestion.demo.world import World

Table = dict[str, col.Column]

KINDS = [
    "application_form", "application_review", "contract", "audit_programme", "audit_time_basis", "audit_plan",
    "sign_in_sheet", "onsite_record", "nc_report", "audit_report", "decision_record",
]  # fmt: skip
SIGNED = np.isin(
    KINDS, ["application_form", "contract", "audit_plan", "sign_in_sheet", "nc_report", "decision_record"]
)
MEDIA = ["electronic_readonly", "paper", "electronic_editable"]
LOST_SHARE = 0.0008


def record_item(world: World) -> Table:
    rng = world.streams.of("record_item")
    owner, of_audit, kind, stored = _records(world, rng)
    keep = (stored != NONE) & ~chance(rng, LOST_SHARE, len(stored))
    owner, of_audit, kind, stored = owner[keep], of_audit[keep], kind[keep], stored[keep]
    order = np.argsort(stored, kind="stable")
    owner, of_audit, kind, stored = owner[order], of_audit[order], kind[order], stored[order]
    count = len(stored)
    medium = pick(rng, [88, 11.7, 0.3], count)
    signed = SIGNED[kind]
    return {
        "record_id": col.ids("RC", np.arange(count), 8),
        "application_id": col.ids("AP", np.where(of_audit, -1, owner), 6),
        "audit_id": col.ids("A", np.where(of_audit, owner, -1), 7),
        "kind": col.words(kind, KINDS),
        "stored_on": col.dates(stored),
        "signed": col.flags(~chance(rng, 0.002, count), ~signed),
        "medium": col.words(medium, MEDIA),
        "disposed_on": col.dates(_disposals(world, stored, rng)),
    }


def _records(world: World, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Application or audit row, whether it is an audit, kind, day stored (NONE: not stored)."""
    history, as_of = world.history, world.as_of
    made = history.applications
    applied = np.arange(len(made.client))
    signed = known(made.signed, as_of)
    accepted = ~world.clients.fails_review[made.client]
    after = np.where((signed == NONE) | ~accepted, NONE, known(signed + 1, as_of))
    parts = [
        (applied, False, 0, made.submitted),
        (applied, False, 1, known(made.reviewed, as_of)),
        (applied, False, 2, signed),
        (applied, False, 3, after),
        (applied, False, 4, after),
    ]
    audits = np.flatnonzero(history.over)
    last = history.schedule.last[audits]
    wait = np.where(
        chance(rng, 0.01, len(audits)), between(rng, 3, 8, len(audits)), between(rng, 0, 2, len(audits))
    )
    filed = known(np.maximum(world.calendar.after(last, wait), last), as_of)
    found = world.findings
    parts += [
        (audits, True, 5, confirmed_on(world)[audits]),
        (audits, True, 6, last),
        (audits, True, 7, filed),
        (audits, True, 8, found.last_accepted[audits]),
        (audits, True, 9, history.reported[audits]),
        (audits, True, 10, np.where(history.audits.kind[audits] == Kind.STAGE1, NONE, found.decided[audits])),
    ]
    owner = np.concatenate([part[0] for part in parts])
    of_audit = np.concatenate([np.full(len(part[0]), part[1]) for part in parts])
    kind = np.concatenate([np.full(len(part[0]), part[2]) for part in parts])
    return owner, of_audit, kind, np.concatenate([part[3] for part in parts])


def _disposals(world: World, stored: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Nothing is old enough to be thrown away yet; a few records were, all the same."""
    gone = chance(rng, 0.0002, len(stored)) & (stored < world.as_of - 250)
    return np.where(gone, world.as_of - between(rng, 5, 200, len(stored)), NONE)
