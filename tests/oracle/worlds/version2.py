"""What contract version 2 added: filled by the bodies that keep it, on and beside the days that matter."""

from __future__ import annotations

from datetime import date

from ..arithmetic import add_days, add_months
from .audits import Workshop
from .dice import Dice
from .tables import Row

# Some of the clauses whose evidence is a document.
CLAUSES = ("3.3", "3.4", "4.5", "5.1.1", "5.4.2.4", "5.12.6", "6.1.4", "7.1", "10.1", "11.5")
ABOUT = ("audit", "decision", "certificate", "mark_use", "fee", "service", "personnel", "other", None)


def add_version_2(shop: Workshop) -> None:
    """Fill the new columns and tables."""
    told_reviews(shop)
    told_stages(shop)
    client_cycles(shop)
    submissions(shop)
    publications(shop)
    event_details(shop)
    reported_plans(shop)
    complaint_details(shop)
    documents(shop)


def keeping(shop: Workshop, rate: float = 0.75) -> set[str]:
    """The bodies that keep a column."""
    return {row["body_id"] for row in shop.tables.rows["certification_body"] if shop.dice.chance(rate)}


def told_reviews(shop: Workshop) -> None:
    """The result of the review told on time, late, after the contract, or not."""
    dice, bodies = shop.dice, keeping(shop)
    for row in shop.tables.rows["application"]:
        if row["body_id"] in bodies and row["reviewed_on"]:
            signed = row["contract_signed_on"] or row["reviewed_on"]
            row["review_notified_on"] = dice.pick(
                [row["reviewed_on"], dice.near(signed), add_days(row["reviewed_on"], 31), None]
            )
            if dice.chance(0.1):
                row["reviewed_on"] = add_days(dice.as_of, -dice.pick([29, 30, 31]))
                row["review_notified_on"] = None


def told_stages(shop: Workshop) -> None:
    """The conclusion of stage 1 told around the beginning of stage 2."""
    dice, rows, bodies = shop.dice, shop.tables.rows, keeping(shop)
    starts = {
        row["application_id"]: row["actual_start"] for row in rows["audit"] if row["audit_type"] == "stage2"
    }
    for row in rows["audit"]:
        if row["body_id"] in bodies and row["audit_type"] == "stage1":
            start = starts.get(row["application_id"])
            row["stage1_result_told_on"] = dice.pick(
                [start and dice.near(start), start, row["actual_end"], None]
            )


def client_cycles(shop: Workshop) -> None:
    """The client's internal audit and management review around a year before the audit's end."""
    dice, bodies = shop.dice, keeping(shop)
    for row in shop.tables.rows["audit"]:
        if row["body_id"] in bodies and row["actual_end"] and dice.chance(0.8):
            end: date = row["actual_end"]
            for column in ("client_internal_audit_on", "client_management_review_on"):
                row[column] = dice.pick(
                    [add_days(end, -60), add_days(end, -60), dice.months_from(end, -12), dice.near(end), None]
                )


def submissions(shop: Workshop) -> None:
    """What clients handed in on nonconformities around the terms of thirty days and three months."""
    dice, rows, bodies = shop.dice, shop.tables.rows, keeping(shop)
    audits = {row["audit_id"]: row for row in rows["audit"]}
    for row in rows["nonconformity"]:
        audit = audits[row["audit_id"]]
        end = audit["actual_end"]
        if audit["body_id"] in bodies and end:
            row["submitted_on"] = dice.pick(
                [None, None, add_days(end, dice.pick([10, 29, 30, 31])), dice.months_from(end, 3)]
            )


def publications(shop: Workshop) -> None:
    """Certificates made public at once, late, or not."""
    dice, bodies = shop.dice, keeping(shop)
    for row in shop.tables.rows["certificate"]:
        if row["body_id"] in bodies:
            late = add_days(row["issued_on"], dice.pick([0, 3, 30, 31]))
            row["published_on"] = dice.pick([late, late, None, add_days(dice.as_of, 1)])


def event_details(shop: Workshop) -> None:
    """Who decided on a change of status and when; numbers and terms of reissues."""
    dice, rows, bodies = shop.dice, shop.tables.rows, keeping(shop)
    certificates = {row["certificate_id"]: row for row in rows["certificate"]}
    for row in rows["certificate_event"]:
        certificate = certificates[row["certificate_id"]]
        if certificate["body_id"] not in bodies:
            continue
        row["decided_on"] = dice.maybe(dice.near(row["effective_on"]), 0.15)
        row["decided_by"] = dice.maybe(dice.pick(shop.persons)["person_id"], 0.3)
        if row["event"] == "reissued" and dice.chance(0.85):
            number: str = certificate["certificate_no"]
            other = number[:5] + dice.pick(["99", number[5:7]]) + number[7:]
            row["old_number"] = number
            row["new_number"] = dice.pick([number, number, number + "-2", other, "X-1", None])
            row["new_expires_on"] = dice.pick(
                [certificate["expires_on"]] * 3 + [dice.near(certificate["expires_on"]), None]
            )


def reported_plans(shop: Workshop) -> None:
    """Reports of plans that name the audit's first day, another one, or none."""
    dice, rows = shop.dice, shop.tables.rows
    starts = {row["audit_id"]: row["actual_start"] or row["planned_start"] for row in rows["audit"]}
    for row in rows["cnca_report"]:
        start = starts.get(row["subject_id"])
        if row["kind"] == "audit_plan" and start and dice.chance(0.6):
            row["plan_start"] = dice.pick([start, start, start, dice.near(start)])


def complaint_details(shop: Workshop) -> None:
    """What a complaint is about, and the certificate or client that it names."""
    dice, rows = shop.dice, shop.tables.rows
    for row in rows["complaint"]:
        row["about"] = dice.pick(ABOUT)
        row["result"] = dice.pick(["upheld", "partly_upheld", "rejected", "withdrawn", None])
        if dice.chance(0.4):
            certificate = dice.pick(rows["certificate"])
            row["certificate_id"] = certificate["certificate_id"]
            row["org_id"] = dice.maybe(certificate["org_id"], 0.5)
            row["audit_id"] = dice.maybe(row["audit_id"], 0.7)


def documents(shop: Workshop) -> None:
    """Documents in force, expired, about to expire, not yet in force, or missing; one body keeps no register."""
    dice, tables = shop.dice, shop.tables
    for body in tables.rows["certification_body"]:
        if dice.chance(0.3):
            continue
        for clause in dice.some(CLAUSES, 9):
            for _ in range(dice.pick([1, 1, 2])):
                add_document(dice, shop, body, clause)


def add_document(dice: Dice, shop: Workshop, body: Row, clause: str) -> None:
    """One document of a body."""
    as_of = dice.as_of
    shop.tables.add(
        "body_document",
        document_id=shop.tables.new_id("DO"),
        body_id=body["body_id"],
        clause=clause,
        title="程序文件",
        valid_from=dice.pick([None, add_months(as_of, -24), dice.near(as_of)]),
        valid_until=dice.pick([None, None, dice.near(as_of), add_days(as_of, dice.pick([29, 30, 31]))]),
    )
