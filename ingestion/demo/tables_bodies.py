"""certification_body and internal_audit."""

from __future__ import annotations

import numpy as np

from ingestion.demo import columns as col
from ingestion.demo.days import NONE, add_months, first_of_month, month_of
from ingestion.demo.streams import between, pick
from ingestion.demo.vocabulary import BODY_BRANDS, BODY_KINDS, REGIONS, SCOPE_CODES
from ingestion.demo.world import World

Table = dict[str, col.Column]


def certification_body(world: World) -> Table:
    rng = world.streams.of("certification_body")
    bodies = world.bodies
    count = bodies.count
    city = pick(rng, [region[4] for region in REGIONS], count)
    cities = [region[1].removesuffix("市") for region in REGIONS]
    approved = (
        first_of_month((np.maximum(bodies.approved_year, 2008) + 1 - 1970) * 12 + between(rng, 0, 11, count))
        + 14
    )
    return {
        "body_id": col.ids("B", np.arange(count), 2),
        "name": col.joined(
            col.words(city, cities),
            col.words(bodies.brand % len(BODY_BRANDS), BODY_BRANDS),
            col.words(bodies.kind, BODY_KINDS),
        ),
        "approval_no": col.joined(
            "CNCA-R-", col.texts(bodies.approved_year), "-", col.texts(bodies.running, 3)
        ),
        "accreditation_code": col.constant("CNAS", count),
        "accreditation_no": col.joined("CNAS C", col.texts(bodies.running, 3), "-M"),
        "accreditation_mark_code": col.constant("01", count),
        "itsms_approved_on": col.dates(approved),
        "approved_scopes": col.constant(";".join(SCOPE_CODES), count),
    }


def internal_audit(world: World) -> Table:
    """One a year and body; the stretched body is behind with this one too."""
    rng = world.streams.of("internal_audit")
    bodies = world.bodies.count
    years = int((world.as_of - world.start) // 365) + 1
    body = np.repeat(np.arange(bodies), years)
    first = add_months(np.full(bodies, world.start), 3)[body] + between(rng, 0, 90, bodies)[body]
    held = add_months(first, 11 * np.tile(np.arange(years), bodies)) + between(rng, 0, 10, len(body))
    stale = (body == world.bodies.strained) & (held > world.as_of - 380)
    shown = (held <= world.as_of) & (held != NONE) & ~stale
    body, held = body[shown], held[shown]
    order = np.lexsort((body, held))
    return {
        "internal_audit_id": col.ids("IA", np.arange(len(order)), 4),
        "body_id": col.ids("B", body[order], 2),
        "held_on": col.dates(held[order]),
    }


def months_of(world: World) -> np.ndarray:
    """The months from the start of the records to the one before as_of (months since 1970)."""
    first, last = month_of(np.array([world.start, world.as_of]))
    return np.arange(first, last)
