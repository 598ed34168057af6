"""What is written and sent: records, reports to CNCA, complaints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..arithmetic import add_days, add_months
from ..contract import TABLES
from .audits import Workshop
from .dice import Dice
from .tables import Row

KINDS = TABLES["record_item"].columns["kind"].codes

STOPPING = ("suspended", "revoked", "cancelled")


def add_records(shop: Workshop) -> None:
    """The eleven kinds for every application; now and then one is missing, late, unsigned or disposed of."""
    dice, tables = shop.dice, shop.tables
    decided = {row["audit_id"]: row["decided_on"] for row in tables.rows["decision"]}
    by_application: dict[str, list[Row]] = {}
    for audit in tables.rows["audit"]:
        by_application.setdefault(audit["application_id"], []).append(audit)
        if dice.chance(0.85):
            end = audit["actual_end"] or audit["planned_end"]
            stored = add_days(end, dice.pick([0, 1, 2, 2, 3, 4, 5, 9]))
            add_record(shop, "onsite_record", stored, audit_id=audit["audit_id"])
    for application in tables.rows["application"]:
        audits = by_application.get(application["application_id"], [])
        days = [decided[audit["audit_id"]] for audit in audits if audit["audit_id"] in decided]
        if not days and dice.chance(0.6):
            continue
        limit = max(days, default=application["submitted_on"])
        careful = dice.chance(0.6)
        for kind in KINDS:
            if not careful and dice.chance(0.08):
                continue
            if careful and kind == "nc_report" and dice.chance(0.4):
                continue
            owner = dice.pick(audits) if audits and dice.chance(0.5) else None
            add_record(
                shop,
                kind,
                limit if careful else add_days(limit, dice.pick([-30, -1, 0, 0, 1])),
                application_id=application["application_id"] if owner is None or dice.chance(0.1) else None,
                audit_id=None if owner is None else owner["audit_id"],
                disposable=not careful,
            )
        if careful and dice.chance(0.15):
            tables.rows["record_item"][-1]["disposed_on"] = dice.near(limit)
    if dice.chance(0.5):
        add_record(shop, dice.pick(KINDS), dice.day())
    ends = [row["expires_on"] for row in tables.rows["certificate"]]
    for record in tables.rows["record_item"]:
        if dice.chance(0.04) and ends:
            record["disposed_on"] = dice.pick([dice.months_from(dice.pick(ends), 24), dice.day()])


def add_record(
    shop: Workshop,
    kind: str,
    stored: date,
    *,
    application_id: str | None = None,
    audit_id: str | None = None,
    disposable: bool = True,
) -> None:
    """One record."""
    dice = shop.dice
    shop.tables.add(
        "record_item",
        record_id=shop.tables.new_id("RC"),
        application_id=application_id,
        audit_id=audit_id,
        kind=kind,
        stored_on=stored,
        signed=dice.truth(0.85, 0.08),
        medium=dice.pick(["paper", "electronic_readonly", "electronic_readonly", "electronic_editable"]),
        disposed_on=dice.near(stored, 2) if disposable and dice.chance(0.06) else None,
    )


def add_report(
    dice: Dice, shop: Workshop, body_id: str, kind: str, due: date, *, subject: str | None, period: str | None
) -> None:
    """Reports of one obligation: none, one around the due day, or a rejected one and another."""
    for _ in range(dice.pick([0, 1, 1, 1, 1, 2])):
        shop.tables.add(
            "cnca_report",
            report_id=shop.tables.new_id("R"),
            body_id=body_id if dice.chance(0.97) else dice.pick(shop.bodies)["body_id"],
            kind=kind,
            period=period,
            subject_id=subject,
            recipient=dice.pick(["CNCA"] * 8 + ["CNAS", "CCAA", None]),
            reported_on=dice.near(due) if dice.chance(0.6) else dice.about(due),
            result=dice.pick(["accepted"] * 8 + ["rejected", "pending", None]),
        )


def add_reports(shop: Workshop) -> None:
    """Everything that is due to CNCA."""
    dice, rows = shop.dice, shop.tables.rows
    for audit in rows["audit"]:
        start = audit["actual_start"] or audit["planned_start"]
        due = add_days(start, -3)
        add_report(dice, shop, audit["body_id"], "audit_plan", due, subject=audit["audit_id"], period=None)
    body_of = {}
    for certificate in rows["certificate"]:
        body_of[certificate["certificate_id"]] = certificate["body_id"]
        if len(rows["certificate"]) > 150 and dice.chance(0.5):
            continue
        due = add_months(certificate["issued_on"].replace(day=10), 1)
        key = certificate["certificate_id"]
        add_report(dice, shop, certificate["body_id"], "certification_result", due, subject=key, period=None)
    for event in rows["certificate_event"]:
        if event["event"] in STOPPING:
            due = add_days(event["effective_on"], dice.pick([1, 2, 3, 4, 5]))
            body_id = body_of[event["certificate_id"]]
            add_report(dice, shop, body_id, "status_change", due, subject=event["event_id"], period=None)
    for body in rows["certification_body"]:
        add_periodic(shop, body["body_id"])


def add_periodic(shop: Workshop, body_id: str) -> None:
    """Annual and monthly reports of one body."""
    dice = shop.dice
    for year in range(2024, dice.as_of.year + 1):
        for kind in ("annual_work_report", "social_responsibility_report"):
            due = date(year + 1, 3, 31)
            add_report(dice, shop, body_id, kind, due, subject=None, period=str(year))
    for month in months(date(2026, 2, 1), dice.as_of):
        for recipient in ("CNCA", "CNAS", "CCAA"):
            due = add_days(add_months(month, 1), 9)
            add_report(dice, shop, body_id, "monthly_report", due, subject=None, period=f"{month:%Y-%m}")
            if dice.chance(0.8):
                shop.tables.rows["cnca_report"][-1]["recipient"] = recipient


def months(first: date, last: date) -> Iterable[date]:
    """The first days of the months from one to another."""
    while first <= last:
        yield first
        first = add_months(first, 1)


def add_complaints(shop: Workshop, count: int) -> None:
    """Complaints answered around their term, decided by somebody or other."""
    dice, rows = shop.dice, shop.tables.rows
    for _ in range(count):
        received = dice.pick([dice.day(), add_days(dice.as_of, -dice.pick([31, 59, 60, 61]))])
        audit = dice.pick(rows["audit"])
        team = [row["person_id"] for row in rows["audit_assignment"] if row["audit_id"] == audit["audit_id"]]
        team += [row["decided_by"] for row in rows["decision"] if row["audit_id"] == audit["audit_id"]]
        person = dice.pick(team) if team and dice.chance(0.3) else dice.pick(shop.persons)["person_id"]
        answered = add_days(received, dice.pick([20, 59, 60, 61, 90]))
        shop.tables.add(
            "complaint",
            complaint_id=shop.tables.new_id("CM"),
            body_id=audit["body_id"],
            kind=dice.pick(["appeal", "complaint"]),
            audit_id=dice.maybe(audit["audit_id"], 0.15),
            received_on=received,
            decided_on=dice.maybe(add_days(answered, -1), 0.15),
            decided_by=dice.maybe(person, 0.1),
            notified_on=dice.maybe(answered, 0.3),
        )
