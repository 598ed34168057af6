"""organization and application."""

from __future__ import annotations

import numpy as np

from ingestion.demo import codes
from ingestion.demo import columns as col
from ingestion.demo import vocabulary as voc
from ingestion.demo.days import NONE, known, year_of
from ingestion.demo.events import DISHONESTY, LEGAL_STATUS, RENAMED, Happening
from ingestion.demo.streams import between, chance, pick
from ingestion.demo.world import World

Table = dict[str, col.Column]

UNKNOWN_SHARE = 0.004
"""Cells that nobody filled in: what hangs on them cannot be decided."""
APPLICATION_KINDS = ["initial", "recertification", "transfer"]
SYSTEM_LISTS = ["ITSMS", "ITSMS;ISMS", "ITSMS;QMS", "ITSMS;ISMS;QMS"]


def systems_of(world: World, client: np.ndarray) -> col.Column:
    code = world.clients.with_isms[client] + 2 * world.clients.with_qms[client].astype(np.int64)
    return col.words(code, SYSTEM_LISTS)


def organization(world: World) -> Table:
    rng = world.streams.of("organization")
    count = len(world.clients.body)
    region = pick(rng, [r[4] for r in voc.REGIONS], count)
    address = col.joined(
        col.words(region, [r[2] for r in voc.REGIONS]),
        col.words(between(rng, 0, len(voc.STREETS) - 1, count), voc.STREETS),
        col.texts(between(rng, 1, 899, count)),
        "号",
    )
    floor = col.joined(address, col.texts(between(rng, 2, 30, count)), "层")
    name, former, english = _names(world, region, rng)
    revoked, listed = _lost_standing(world)
    licensed = chance(rng, 0.2, count)
    lapse = world.as_of + between(rng, 30, 1500, count)
    lapse = np.where(chance(rng, 0.004, count), world.as_of - between(rng, 1, 60, count), lapse)
    old_trouble = chance(rng, 0.01, count)
    closed = world.start - between(rng, 200, 900, count)
    unlimited = chance(rng, 0.7, count)
    return {
        "org_id": col.ids("O", np.arange(count), 6),
        "name": name,
        "name_en": english,
        "former_name": former,
        "uscc": codes.credit_codes(np.array([int(r[0]) for r in voc.REGIONS])[region], rng),
        "country_code": col.constant("156", count),
        "region_code": col.words(region, [r[0] for r in voc.REGIONS]),
        "registered_address": floor,
        "business_address": address,
        "postcode": col.words(region, [r[3] for r in voc.REGIONS]),
        "phone": col.joined("1980", col.texts(between(rng, 0, 9_999_999, count), 7)),
        "contact_person": person_names(rng, count),
        "legal_person": person_names(rng, count),
        "org_type_code": col.words(pick(rng, [1, 3, 3, 2, 4, 1], count), voc.ORG_TYPES),
        "industry_code": col.words(pick(rng, [4, 6, 5, 6, 4, 4, 3, 2, 3, 1, 1, 1], count), voc.INDUSTRIES),
        "registered_capital": col.decimals(
            np.array([100, 300, 500, 1000, 2000, 5000, 10000])[between(rng, 0, 6, count)]
        ),
        "capital_currency": col.constant("156", count),
        "staff_total": col.whole(world.clients.headcount * between(rng, 100, 170, count) // 100),
        "legal_status_valid_until": col.dates(
            np.where(unlimited, NONE, world.as_of + between(rng, 400, 7000, count))
        ),
        "legal_status_revoked_on": col.dates(revoked),
        "licence_required": col.flags(licensed, chance(rng, UNKNOWN_SHARE, count)),
        "licence_valid_until": col.dates(np.where(licensed, lapse, NONE)),
        "blacklisted_from": col.dates(listed),
        "closure_from": col.dates(np.where(old_trouble, closed, NONE)),
        "closure_until": col.dates(np.where(old_trouble, closed + 60, NONE)),
    }


def person_names(rng: np.random.Generator, count: int) -> col.Column:
    """Invented names: a common family name and one or two common characters."""
    given = voc.GIVEN
    second = np.where(chance(rng, 0.75, count), between(rng, 1, len(given), count), 0)
    return col.joined(
        col.words(pick(rng, 1 / np.arange(4, len(voc.SURNAMES) + 4), count), voc.SURNAMES),
        col.words(between(rng, 0, len(given) - 1, count), given),
        col.words(second, ["", *given]),
    )


def _names(
    world: World, region: np.ndarray, rng: np.random.Generator
) -> tuple[col.Column, col.Column, col.Column]:
    count = len(region)

    def brand() -> col.Column:
        return col.joined(
            col.words(between(rng, 0, len(voc.BRAND_HEADS) - 1, count), voc.BRAND_HEADS),
            col.words(between(rng, 0, len(voc.BRAND_TAILS) - 1, count), voc.BRAND_TAILS),
            col.words(between(rng, 0, 40, count), [*voc.BRAND_HEADS[:20], *[""] * 21]),
        )

    city = col.words(region, [r[1].removesuffix("市") for r in voc.REGIONS])
    business = col.words(pick(rng, [6, 5, 4, 4, 3, 3, 3, 2, 2, 1, 2, 1], count), voc.BUSINESSES)
    form = col.words(pick(rng, [8, 1, 1, 1], count), voc.FORMS)
    name = col.joined(city, brand(), business, form)
    events = world.events
    renamed = np.zeros(count, dtype=bool)
    rows = (events.event == Happening.CHANGED) & (events.change == RENAMED)
    renamed[world.history.certificates.client[events.certificate[rows]]] = True
    former = col.where(renamed, col.joined(city, brand(), business, form))
    number = col.texts(np.arange(1, count + 1), 6)
    english = col.where(chance(rng, 0.3, count), col.joined("Demo IT Services ", number, " Co. Ltd."))
    return name, former, english


def _lost_standing(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Days on which clients lost their legal status or were listed: those whose certificate was revoked
    for it."""
    events, count = world.events, len(world.clients.body)
    days = []
    for reason in (LEGAL_STATUS, DISHONESTY):
        rows = (events.event == Happening.REVOKED) & (events.reason == reason)
        day = np.full(count, NONE, dtype=np.int64)
        day[world.history.certificates.client[events.certificate[rows]]] = events.established[rows]
        days.append(day)
    return days[0], days[1]


def application(world: World) -> Table:
    rng = world.streams.of("application")
    made = world.history.applications
    client, count, as_of = made.client, len(made.client), world.as_of
    clients = world.clients
    transfer = clients.is_transfer[client] & (made.cycle == 0)
    kind = np.where(made.cycle > 0, 1, np.where(transfer, 2, 0))
    reviewed = known(made.reviewed, as_of)
    rejected = clients.fails_review[client]
    since = made.submitted - between(rng, 120, 1800, count) - 1100 * (made.cycle > 0)
    young = chance(rng, 0.008, count)
    since = np.where(young, made.submitted - 60, since)
    since = np.where(chance(rng, UNKNOWN_SHARE, count), NONE, since)
    conditions = {
        name: col.flags(~chance(rng, 0.006, count), ~transfer)
        for name in (
            "transfer_scope_accredited",
            "transfer_certificate_accredited",
            "transfer_certificate_in_force",
            "transfer_prior_body_in_order",
            "transfer_reports_obtained",
        )
    }
    signed = known(made.signed, as_of)
    contract_no = col.joined(
        col.ids("B", clients.body[client], 2), "-", col.texts(year_of(made.reviewed)), "-",
        col.texts(np.arange(1, count + 1), 6),
    )  # fmt: skip
    earlier = chance(rng, 0.01, count) & (made.cycle == 0)
    ended = made.submitted - np.where(chance(rng, 0.1, count), 200, between(rng, 400, 900, count))
    elsewhere = between(rng, 101, 960, count)
    return {
        "application_id": col.ids("AP", np.arange(count), 6),
        "body_id": col.ids("B", clients.body[client], 2),
        "org_id": col.ids("O", client, 6),
        "kind": col.words(kind, APPLICATION_KINDS),
        "systems": systems_of(world, client),
        "scope_codes": col.bitsets(clients.scopes[client], voc.SCOPE_CODES),
        "headcount_effective": col.whole(clients.headcount[client]),
        "sms_operating_since": col.dates(since),
        "submitted_on": col.dates(made.submitted),
        "reviewed_on": col.dates(reviewed),
        "review_result": col.words(
            np.where(reviewed == NONE, -1, rejected.astype(np.int64)), ["accepted", "rejected"]
        ),
        "prior_certificate_ended_on": col.dates(np.where(earlier, ended, NONE)),
        **conditions,
        "transfer_from_approval_no": col.where(
            transfer, col.joined("CNCA-R-", col.texts(2002 + elsewhere % 14), "-", col.texts(elsewhere, 3))
        ),
        "transfer_from_certificate_no": col.where(
            transfer,
            col.joined(
                col.texts(elsewhere, 3),
                "-",
                col.texts(year_of(made.submitted) - 1),
                "-ITSM-",
                col.texts(between(rng, 1, 4999, count), 4),
                "-R0-M",
            ),
        ),
        "contract_no": col.where(signed != NONE, contract_no),
        "contract_signed_on": col.dates(signed),
        "contract_fee": col.decimals(
            (8 + clients.headcount[client] // 10 + between(rng, 0, 20, count)) * 1000, signed == NONE
        ),
        "paid_by": col.words(
            np.where(
                (signed == NONE) | chance(rng, UNKNOWN_SHARE, count), -1, pick(rng, [93.7, 4, 2, 0.3], count)
            ),
            ["client", "parent", "subsidiary", "third_party"],
        ),
    }
