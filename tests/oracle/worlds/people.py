"""Bodies, their persons, registrations and scopes, and clients."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..arithmetic import add_days, add_months
from .dice import Dice
from .tables import Row, Tables

CODES = ("01.01", "02.01", "04.03", "05.02", "06.05")
SYSTEMS = ("ITSMS", "ISMS", "QMS")
LONG_AGO = date(2015, 1, 1)
LONG_AHEAD = date(2035, 12, 31)


def add_bodies(dice: Dice, tables: Tables, world: int) -> list[Row]:
    """Three bodies: their approval numbers of every form, known and unknown."""
    forms = (
        f"CNCA-R-2002-{(100 + 3 * world) % 1000:03d}",
        f"CNCA-R-2019-{1000 + 3 * world}",
        f"CNCA-RF-2005-{world % 1000:03d}",
        f"CNCA-RF-2005-{world % 100:02d}",
        f"CNCA-X-{world}",
        f"CNCA-R-2002-{world % 100:02d}",
    )
    bodies = []
    for index in range(3):
        bodies.append(
            tables.add(
                "certification_body",
                body_id=tables.new_id("B"),
                name="某认证有限公司",
                approval_no=forms[index] if dice.chance(0.85) else dice.pick(forms),
                accreditation_code=dice.pick(["CNAS", "CNAS", "CNAS", "ANAB", "cnas", None]),
                itsms_approved_on=dice.pick([LONG_AGO, LONG_AGO, LONG_AGO, dice.day(), None]),
                approved_scopes=[*dice.some(CODES, 3), *dice.pick([[], [], ["04"], ["06.02.01"]])],
                accreditation_no=dice.maybe("CNAS C001-M", 0.2),
                reporting_since=dice.pick([None, None, None, dice.day(), add_days(dice.as_of, -40)]),
            )
        )
        for _ in range(dice.number(0, 2)):
            held = dice.months_from(dice.near(dice.as_of, 1), dice.pick([-12, -12, -10, -14, 0, 1]))
            tables.add(
                "internal_audit",
                internal_audit_id=tables.new_id("IA"),
                body_id=bodies[-1]["body_id"],
                held_on=held,
            )
    return bodies


def add_persons(dice: Dice, tables: Tables, bodies: list[Row]) -> list[Row]:
    """Auditors of every kind; the first body has about as many full-time ones as it needs."""
    persons = []
    for index, body in enumerate(bodies):
        wanted = dice.pick([9, 10, 10, 11, 12, 13]) if index == 0 else dice.number(1, 4)
        for _ in range(wanted):
            sound = dice.chance(0.9 if index == 0 else 0.6)
            persons.append(add_person(dice, tables, body["body_id"], sound=sound))
    return persons


def add_person(dice: Dice, tables: Tables, body_id: str, *, sound: bool) -> Row:
    """One person; a sound one is full-time, in office and registered throughout."""
    person = tables.add(
        "person",
        person_id=tables.new_id("P"),
        body_id=body_id,
        name="某某",
        employment="full_time" if sound else dice.pick(["full_time", "part_time"]),
        joined_on=dice.pick(
            [LONG_AGO] * 9 + [dice.day()] if sound else [None, LONG_AGO, dice.near(dice.as_of), dice.day()]
        ),
        employer=dice.maybe("某软件公司", 0.5),
        left_on=None if sound else dice.pick([None, None, dice.near(dice.as_of), dice.day()]),
        works_in_prc=dice.truth(0.93, 0.03),
    )
    add_registrations(dice, tables, person, sound=sound)
    add_scopes(dice, tables, person)
    return person


def add_registrations(dice: Dice, tables: Tables, person: Row, *, sound: bool) -> None:
    """One unbroken row, two rows that meet or nearly meet, or rows that end around as_of."""
    for system in SYSTEMS:
        if not sound and dice.chance(0.4):
            continue
        cut = dice.day()
        spans = dice.pick(
            [
                [(LONG_AGO, LONG_AHEAD)],
                [(LONG_AGO, LONG_AHEAD)],
                [(LONG_AGO, cut), (add_days(cut, 1), LONG_AHEAD)],
                [(LONG_AGO, cut), (add_days(cut, dice.pick([0, 1, 2])), LONG_AHEAD)],
                [(LONG_AGO, dice.near(dice.as_of))],
                [(dice.near(dice.as_of), LONG_AHEAD)],
            ]
        )
        for valid_from, valid_until in [(LONG_AGO, LONG_AHEAD)] if sound else spans:
            tables.add(
                "auditor_registration",
                person_id=person["person_id"],
                system=system,
                registration_no=tables.new_id("N"),
                grade="auditor" if sound else dice.pick(["trainee", "auditor", "auditor", "senior_auditor"]),
                valid_from=valid_from,
                valid_until=valid_until,
            )


def add_scopes(dice: Dice, tables: Tables, person: Row) -> None:
    """Professional scopes with bases that are just met, just missed, or not known."""
    for code in CODES:
        for capacity in ("auditor", "technical_expert"):
            if dice.chance(0.35 if capacity == "auditor" else 0.85):
                continue
            tables.add(
                "auditor_scope",
                person_id=person["person_id"],
                scope_code=code,
                capacity=capacity,
                basis=dice.pick(["education_experience", "training_and_audits", "project", None]),
                bachelor_or_above=dice.truth(0.8, 0.1),
                experience_years=dice.maybe(dice.pick([Decimal("1.9"), Decimal(2), Decimal(5)])),
                intermediate_title=dice.truth(0.4, 0.15),
                guided_audits=dice.maybe(dice.pick([3, 4, 5])),
                guided_onsite_days=dice.maybe(dice.pick([Decimal("9.5"), Decimal(10), Decimal(12)])),
                projects=dice.maybe(dice.pick([0, 1, 2])),
                granted_on=LONG_AGO if dice.chance(0.4) else dice.day(),
                expires_on=None if dice.chance(0.7) else dice.near(dice.day()),
            )


_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def unified_code(first: str) -> str:
    """The code of 18 characters that begins with these 17 (GB 32100: the last one is a check character)."""
    total = sum(_CODE_CHARACTERS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return first + _CODE_CHARACTERS[-total % 31]


def add_clients(dice: Dice, tables: Tables, count: int) -> list[Row]:
    """Clients, most of them in good order, the others with something around a day that matters."""
    return [
        tables.add(
            "organization",
            org_id=tables.new_id("O"),
            name="某科技有限公司",
            uscc=dice.maybe(unified_code(f"91110108MA{dice.number(0, 9999999):07d}"), 0.04),
            registered_address=dice.maybe("北京市海淀区", 0.04),
            region_code="110108",
            country_code=dice.pick(["156"] * 16 + ["344", "840", None]),
            business_address=dice.maybe("北京市海淀区", 0.04),
            legal_status_valid_until=None if dice.chance(0.8) else dice.day(),
            legal_status_revoked_on=None if dice.chance(0.75) else dice.day(),
            licence_required=dice.truth(0.35, 0.06),
            licence_valid_until=dice.pick([None, LONG_AHEAD, dice.day(), dice.day()]),
            blacklisted_from=None if dice.chance(0.75) else dice.day(),
            blacklisted_until=dice.pick([None, dice.day(), add_months(dice.as_of, 12)]),
            closure_from=None if dice.chance(0.75) else dice.day(),
            closure_until=dice.pick([None, dice.day(), dice.day()]),
        )
        for _ in range(count)
    ]
