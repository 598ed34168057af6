"""Reissues in the term, their lines, and the states that a ledger gives for certificates without events."""

from __future__ import annotations

from datetime import date

from ..arithmetic import add_days, add_months
from .audits import Workshop, add_decision
from .certificates import number_for
from .tables import Row


def add_reissues(shop: Workshop) -> None:
    """Reissues of some certificates, one after the other or side by side, right and wrong ones."""
    dice, rows = shop.dice, shop.tables.rows
    mains = [row for row in rows["certificate"] if row["parent_certificate_id"] is None]
    for row in dice.random.sample(mains, min(len(mains), 14)):
        last = add_reissue(shop, row)
        if dice.chance(0.35):
            add_reissue(shop, dice.pick([row, last, last]))
        if dice.chance(0.06):  # a chain that returns to itself
            row["previous_certificate_id"] = last["certificate_id"]
        if dice.chance(0.15):
            row["parent_certificate_id"] = dice.pick(mains)["certificate_id"]
    give_states(shop)


def some_day(shop: Workshop, row: Row) -> date:
    """A day in the certificate's term mostly; on or beside its ends, of an event, or of as_of."""
    dice = shop.dice
    events = [
        event["effective_on"]
        for event in shop.tables.rows["certificate_event"]
        if event["certificate_id"] == row["certificate_id"]
    ]
    middle = add_days(row["issued_on"], dice.number(1, 600))
    return dice.pick(
        [middle] * 6
        + [dice.near(row["expires_on"]), dice.near(row["issued_on"]), dice.near(dice.as_of)]
        + [dice.near(day) for day in events]
    )


def add_reissue(shop: Workshop, row: Row) -> Row:
    """A certificate that follows another within the cycle, mostly a reissue as the definition has it."""
    dice, tables = shop.dice, shop.tables
    issued = some_day(shop, row)
    fresh: Row = {
        **row,
        "certificate_id": tables.new_id("C"),
        "previous_certificate_id": row["certificate_id"],
        "issued_on": issued,
        "decision_id": dice.pick([None, None, row["decision_id"], new_decision(shop, row, issued)]),
        "expires_on": dice.pick(
            [row["expires_on"]] * 5 + [dice.near(row["expires_on"]), add_months(issued, 12)]
        ),
        "cycle_no": row["cycle_no"] if dice.chance(0.92) else row["cycle_no"] + 1,
        "system": row["system"] if dice.chance(0.96) else "QMS",
    }
    number: str = row["certificate_no"]
    if dice.chance(0.3):
        body = next(
            one for one in shop.bodies + tables.rows["certification_body"] if one["body_id"] == row["body_id"]
        )
        serial = len(tables.rows["certificate"])
        number = dice.pick(
            [number_for(shop, body, issued, row["cycle_no"], row["accredited"], serial), number + "-1"]
        )
    fresh["certificate_no"] = number
    tables.rows["certificate"].append(fresh)
    follow(shop, row, fresh)
    return fresh


def new_decision(shop: Workshop, row: Row, issued: date) -> str | None:
    """A decision of the reissue's own: maintaining mostly, now and then one that makes it another cycle."""
    dice = shop.dice
    if dice.chance(0.5):
        return None
    audits = [
        audit
        for audit in shop.tables.rows["audit"]
        if audit["certificate_id"] == row["certificate_id"] and audit["body_id"] == row["body_id"]
    ]
    kind = dice.pick(["maintain", "maintain", "extend", "reduce", "renew", "grant"])
    audit = dice.pick(audits) if audits else None
    decided = dice.pick([dice.near(issued), add_days(issued, -5), add_days(dice.as_of, 1)])
    made: str = add_decision(shop, audit, kind, decided, row["certificate_id"])["decision_id"]
    return made


def follow(shop: Workshop, row: Row, fresh: Row) -> None:
    """Audits and events after the reissue name the new row, most of them."""
    dice, rows = shop.dice, shop.tables.rows
    for audit in rows["audit"]:
        start = audit["actual_start"] or audit["planned_start"]
        if (
            audit["certificate_id"] == row["certificate_id"]
            and start > fresh["issued_on"]
            and dice.chance(0.8)
        ):
            audit["certificate_id"] = fresh["certificate_id"]
    for event in rows["certificate_event"]:
        late = event["effective_on"] > fresh["issued_on"]
        if event["certificate_id"] == row["certificate_id"] and late and dice.chance(0.7):
            event["certificate_id"] = fresh["certificate_id"]


def give_states(shop: Workshop) -> None:
    """The ledger's state of some certificates: of those without events it opens the record."""
    dice, rows = shop.dice, shop.tables.rows
    with_events = {row["certificate_id"] for row in rows["certificate_event"]}
    for row in rows["certificate"]:
        if dice.chance(0.25 if row["certificate_id"] not in with_events else 0.1):
            row["status_given"] = dice.pick(
                ["suspended", "suspended", "revoked", "cancelled", "valid", "expired"]
            )
            row["status_given_on"] = dice.pick(
                [
                    None,
                    dice.near(dice.as_of),
                    dice.day(),
                    dice.near(row["issued_on"]),
                    dice.near(row["expires_on"]),
                ]
            )
            if row["status_given"] == "suspended":
                row["suspended_until_given"] = dice.pick([None, add_months(dice.as_of, 2)])
