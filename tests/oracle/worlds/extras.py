"""Stories that chance alone would rarely tell: extensions, late evidence, the same sites twice, cancellations."""

from __future__ import annotations

from datetime import date

from ..arithmetic import add_days, add_months
from .audits import Workshop, add_application, add_audit, add_decision
from .edges import some_of
from .tables import Row


def add_extras(shop: Workshop) -> None:
    """Some of each."""
    add_extensions(shop)
    add_late_evidence(shop)
    visit_the_same_sites(shop)
    cancel_while_suspended(shop)
    change_before_surveillance_decisions(shop)


def recent(shop: Workshop, row: Row) -> date:
    """A day since a certificate's issue, lately."""
    day: date = max(row["issued_on"], add_days(shop.dice.as_of, -shop.dice.number(1, 150)))
    return day


def mains(shop: Workshop) -> list[Row]:
    """ITSMS main certificates that have not expired."""
    return [
        row
        for row in shop.tables.rows["certificate"]
        if row["parent_certificate_id"] is None
        and row["system"] == "ITSMS"
        and row["issued_on"] <= shop.dice.as_of < row["expires_on"]
    ]


def add_extensions(shop: Workshop) -> None:
    """Decisions that extend a scope, with their application, without one, or with one not accepted in time."""
    dice, tables = shop.dice, shop.tables
    bodies = {row["body_id"]: row for row in tables.rows["certification_body"]}
    clients = {row["org_id"]: row for row in tables.rows["organization"]}
    for row in some_of(dice, mains(shop), 4):
        for _ in range(dice.pick([1, 1, 2])):
            decided = recent(shop, row)
            if not shop.staff(row["body_id"]):
                continue
            if dice.chance(0.8):
                application = add_application(
                    shop, clients[row["org_id"]], bodies[row["body_id"]], "extension", add_days(decided, -40)
                )
                application["systems"] = ["ITSMS"]
                application["review_result"] = dice.pick(["accepted"] * 5 + ["rejected", None])
                application["reviewed_on"] = dice.pick(
                    [add_days(decided, -30)] * 3 + [dice.near(decided), None]
                )
            audit = add_audit(
                shop,
                "special",
                add_days(decided, -5),
                body_id=row["body_id"],
                org_id=row["org_id"],
                with_systems=["ITSMS"],
                certificate_id=row["certificate_id"],
                status="completed",
                has_sites=False,
            )
            add_decision(shop, dice.pick([audit, audit, None]), "extend", decided, row["certificate_id"])


def add_late_evidence(shop: Workshop) -> None:
    """Minor nonconformities of recertifications, open after thirty days, and what was done to the certificate."""
    dice, tables = shop.dice, shop.tables
    audits = [
        row
        for row in tables.rows["audit"]
        if row["audit_type"] == "recertification" and row["certificate_id"] and row["status"] == "completed"
    ]
    over = add_days(add_months(add_days(dice.as_of, dice.pick([-1, 0, 4, 5])), -6), -31)
    for audit in some_of(dice, audits, 6):
        end = dice.pick(
            [audit["actual_end"], add_days(dice.as_of, -dice.pick([29, 30, 31, 35, 36, 60])), over]
        )
        if end is None:
            continue
        if dice.chance(0.6):
            audit["actual_start"] = audit["actual_end"] = end
        tables.add(
            "nonconformity",
            nc_id=tables.new_id("NC"),
            audit_id=audit["audit_id"],
            grade="minor",
            raised_on=end,
            accepted_on=dice.pick([None, None, add_days(end, 40)]),
        )
        if dice.chance(0.6):
            begins = add_days(end, 31 if end == over else 30 + dice.pick([0, 1, 5, 6]))
            add_event(shop, audit["certificate_id"], "suspended", begins, add_months(begins, 6))
            if dice.chance(0.4):
                add_event(shop, audit["certificate_id"], "revoked", dice.months_from(begins, 6), None)


def add_event(shop: Workshop, certificate_id: str, kind: str, day: date, until: date | None) -> None:
    """One event after those that are there."""
    before = [
        row["seq"] for row in shop.tables.rows["certificate_event"] if row["certificate_id"] == certificate_id
    ]
    shop.tables.add(
        "certificate_event",
        event_id=shop.tables.new_id("E"),
        certificate_id=certificate_id,
        seq=max(before, default=0) + 1,
        event=kind,
        effective_on=day,
        established_on=shop.dice.pick([None, add_days(day, -2)]),
        suspended_until=until,
    )


def visit_the_same_sites(shop: Workshop) -> None:
    """The sites of one surveillance again at the next."""
    dice, rows = shop.dice, shop.tables.rows
    by_certificate: dict[str, list[Row]] = {}
    for audit in rows["audit"]:
        if audit["audit_type"] == "surveillance" and audit["certificate_id"] and audit["actual_end"]:
            by_certificate.setdefault(audit["certificate_id"], []).append(audit)
    repeated = [
        sorted(some, key=lambda row: row["actual_end"]) for some in by_certificate.values() if len(some) > 1
    ]
    for some in repeated:
        sites = [row for row in rows["audit_site"] if row["audit_id"] == some[-2]["audit_id"]]
        if not sites or dice.chance(0.3):
            continue
        rows["audit_site"] = [row for row in rows["audit_site"] if row["audit_id"] != some[-1]["audit_id"]]
        rows["audit_site"] += [{**row, "audit_id": some[-1]["audit_id"]} for row in sites]


def cancel_while_suspended(shop: Workshop) -> None:
    """A suspension and a cancellation, the restoration between them sometimes missing."""
    dice = shop.dice
    named = {row["certificate_id"] for row in shop.tables.rows["certificate_event"]}
    for row in some_of(dice, [row for row in mains(shop) if row["certificate_id"] not in named], 3):
        day = recent(shop, row)
        add_event(shop, row["certificate_id"], "suspended", day, add_months(day, 6))
        if dice.chance(0.4):
            add_event(shop, row["certificate_id"], "restored", add_days(day, 5), None)
        add_event(shop, row["certificate_id"], "cancelled", add_days(day, 8), None)


def change_before_surveillance_decisions(shop: Workshop) -> None:
    """Changes of a certificate between one audit and the next, with and without a decision."""
    dice, rows = shop.dice, shop.tables.rows
    held = [
        row
        for row in rows["audit"]
        if row["audit_type"] == "surveillance" and row["certificate_id"] and row["actual_start"]
    ]
    for audit in some_of(dice, held, 4):
        day = add_days(audit["actual_start"], dice.pick([-1, 0, 3, 30]))
        add_event(shop, audit["certificate_id"], dice.pick(["changed", "reissued"]), day, None)
