"""Persons whose days come to the limits of the cycle-year exactly, or to half a day beside them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..arithmetic import add_days
from .audits import Workshop
from .dice import EFFECTIVE
from .people import add_person

BLOCK = 60


def add_block(shop: Workshop, person_id: str, body_id: str, start: date, days: Decimal, status: str) -> None:
    """One long audit of another system with a single auditor, some days of work laid from its start on."""
    end = add_days(start, BLOCK - 1)
    audit = shop.tables.add(
        "audit",
        audit_id=shop.tables.new_id("A"),
        body_id=body_id,
        org_id=shop.dice.pick(shop.clients)["org_id"],
        audit_type="special",
        systems=["QMS"],
        status=status,
        planned_start=start,
        planned_end=end,
        actual_start=start if status == "completed" else None,
        actual_end=end if status == "completed" else None,
    )
    shop.tables.add(
        "audit_assignment",
        audit_id=audit["audit_id"],
        person_id=person_id,
        role=shop.dice.pick(["leader", "auditor"]),
        onsite_start=start,
        onsite_end=end,
        onsite_days=days,
    )


def new_workhorse(shop: Workshop) -> tuple[str, str]:
    """A person who works hard: person and body."""
    body_id: str = shop.dice.pick(shop.bodies)["body_id"]
    person = add_person(shop.dice, shop.tables, body_id, sound=shop.dice.chance(0.5))
    shop.persons.append(person)
    return person["person_id"], body_id


def add_workhorse(shop: Workshop) -> None:
    """Blocks that together lie around 160 or 180 days, the first at the window's edge, and plans."""
    dice = shop.dice
    worker = new_workhorse(shop)
    wanted = dice.pick([Decimal(180), Decimal(160), Decimal(150)]) + dice.pick([0, 0, 1, -1]) * Decimal("0.5")
    first = add_days(dice.as_of, -364 + dice.pick([-1, 0, 0, 1, 2]))
    if add_days(EFFECTIVE, 200) < dice.as_of and dice.chance(0.6):
        first = max(first, add_days(EFFECTIVE, dice.pick([-1, 0, 0, 1])))
        wanted += dice.pick([0, 0, 1])
    last = add_days(dice.as_of, dice.pick([1 - BLOCK, 1 - BLOCK, -BLOCK, 2 - BLOCK]))
    days = min(Decimal(BLOCK), round(wanted / 3, 1))
    third = min(Decimal(BLOCK), wanted - 2 * days)
    for start, worked in ((first, days), (add_days(first, BLOCK), third), (last, days)):
        add_block(shop, *worker, start, worked, "completed")
    rest = wanted - 2 * days - third
    if rest:
        add_block(shop, *worker, add_days(first, 200), rest, "completed")
    for _ in range(dice.pick([0, 0, 1, 2])):
        start = add_days(dice.as_of, dice.pick([-10, 0, 1, 31, 80, 90, 91]))
        add_block(shop, *worker, start, Decimal(dice.pick([20, 30, 60])), "planned")


def add_former_workhorse(shop: Workshop) -> None:
    """The most days lie in the earliest window that still counts, or just before it."""
    dice = shop.dice
    worker = new_workhorse(shop)
    edge = add_days(dice.as_of, -364)
    last = add_days(edge, 1 - BLOCK + dice.pick([-1, 0, 0, 1]))
    first = add_days(edge, -364 + dice.pick([-1, 0, 0, 1]))
    for start in (first, add_days(first, 100), last):
        add_block(shop, *worker, start, Decimal(BLOCK), "completed")
    if dice.chance(0.5):
        add_block(shop, *worker, add_days(first, 200), Decimal("0.5"), "completed")


def add_coming_workhorse(shop: Workshop) -> None:
    """120 or 120.5 days worked; a plan of sixty more, all, or all but one, in time to matter."""
    dice = shop.dice
    half_day = Decimal(dice.pick(["0.5", "0.5", "0"]))
    worker = new_workhorse(shop)
    for days_ago, worked in ((130, BLOCK), (61, BLOCK), (140, half_day)):
        add_block(shop, *worker, add_days(dice.as_of, -days_ago), Decimal(worked), "completed")
    start = add_days(dice.as_of, dice.pick([-1, 0, 1, 1, 91 - BLOCK, 91 - BLOCK, 92 - BLOCK]))
    add_block(shop, *worker, start, Decimal(BLOCK), "planned")
