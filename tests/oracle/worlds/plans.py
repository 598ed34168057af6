"""Audits to come: stages after a stage 1, audits of certificates, combined ones, with and without a team."""

from __future__ import annotations

from datetime import date

from ..arithmetic import add_days
from .audits import Workshop, add_application, add_audit
from .tables import Row


def add_plans(shop: Workshop) -> None:
    """Some planned audits of every kind, their days on and beside as_of and the horizons."""
    dice, rows = shop.dice, shop.tables.rows
    for _ in range(4):
        add_planned_stages(shop)
    mains = [row for row in rows["certificate"] if row["parent_certificate_id"] is None]
    for row in dice.random.sample(mains, min(len(mains), 8)):
        audit = add_audit(
            shop,
            dice.pick(["surveillance", "surveillance", "recertification", "special"]),
            planned_day(shop, row["expires_on"]),
            body_id=row["body_id"],
            org_id=row["org_id"],
            with_systems=dice.pick([["ITSMS"], ["ITSMS"], ["ITSMS", "ISMS"], ["ITSMS", "BCMS"], ["QMS"]]),
            certificate_id=row["certificate_id"],
            status="planned",
            has_sites=False,
        )
        if dice.chance(0.3):
            leave_without_team(shop, audit)


def planned_day(shop: Workshop, expires: date | None = None) -> date:
    """The last day of a plan: about as_of, or the house horizons, or the term's end."""
    dice = shop.dice
    steps = [-1, 0, 1, 13, 14, 14, 15, 16, 30, 90]
    days = [add_days(dice.as_of, step) for step in steps]
    return dice.pick([*days, dice.near(expires)] if expires else days)


def add_planned_stages(shop: Workshop) -> None:
    """An application with a stage 1 that is over, or still to come, and a planned stage 2."""
    dice = shop.dice
    client, body = dice.pick(shop.clients), dice.pick(shop.bodies)
    end = planned_day(shop)
    application = add_application(
        shop, client, body, dice.pick(["initial", "initial", "transfer"]), add_days(end, -90)
    )
    common = {
        "body_id": body["body_id"],
        "org_id": client["org_id"],
        "with_systems": application["systems"],
        "application_id": application["application_id"],
    }
    add_audit(
        shop,
        "stage1",
        add_days(end, -dice.pick([40, 6, 160, 185])),
        status=dice.pick(["completed", None]),
        **common,
    )
    two = add_audit(shop, "stage2", end, status="planned", has_sites=False, **common)
    if dice.chance(0.2):
        leave_without_team(shop, two)
        add_audit(shop, "stage2", add_days(end, 3), status="planned", has_sites=False, **common)


def leave_without_team(shop: Workshop, audit: Row) -> None:
    """Nobody is assigned yet."""
    rows = shop.tables.rows
    rows["audit_assignment"] = [
        row for row in rows["audit_assignment"] if row["audit_id"] != audit["audit_id"]
    ]
