"""Records put exactly on a limit, or a day beside it, where chance alone would rarely put them.

Each function takes some finished records of a world and moves one of their dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..arithmetic import add_days, add_months
from ..workdays import working_days_between
from .audits import Workshop
from .dice import Dice
from .people import LONG_AHEAD
from .tables import Row

# The working-day calendar that the product ships ends here.
LAST_KNOWN_DAY = date(2026, 12, 31)


def due_day(dice: Dice, horizon: int) -> date:
    """A due day that as_of is just before, on or just after, or whose warning just begins."""
    return add_days(dice.as_of, dice.pick([-1, 0, 0, 1, horizon - 1, horizon, horizon, horizon + 1]))


def some_of(dice: Dice, rows: list[Row], most: int) -> Iterator[Row]:
    """Up to so many of the rows."""
    yield from dice.random.sample(rows, min(len(rows), most))


def move_edges(shop: Workshop) -> None:
    """Move dates of some records of every kind."""
    move_clients(shop)
    move_client_ends(shop)
    move_stages(shop)
    move_reviews_and_renewals(shop)
    move_follow_ups(shop)
    move_plans(shop)
    move_findings(shop)
    move_suspensions(shop)
    move_grants(shop)
    move_certificates(shop)
    move_teams(shop)
    move_records(shop)


def move_clients(shop: Workshop) -> None:
    """Something in the client's life on the day of an accepted review, or beside it."""
    dice, rows = shop.dice, shop.tables.rows
    clients = {row["org_id"]: row for row in rows["organization"]}
    accepted = [
        row for row in rows["application"] if row["review_result"] == "accepted" and row["reviewed_on"]
    ]
    recent = [row for row in accepted if row["reviewed_on"] <= dice.as_of]
    for row in sorted(recent, key=lambda row: row["reviewed_on"])[-12:]:
        client = clients[row["org_id"]]
        column = dice.pick(
            [
                "legal_status_valid_until",
                "legal_status_revoked_on",
                "licence_valid_until",
                "closure_from",
                "closure_until",
                "blacklisted_from",
                "blacklisted_until",
            ]
        )
        client[column] = dice.near(row["reviewed_on"])
        if column == "licence_valid_until":
            client["licence_required"] = True
        if column.endswith("_until") and column[:7] in ("closure", "blackli"):
            client[column.replace("_until", "_from")] = add_days(row["reviewed_on"], -30)


def move_reviews_and_renewals(shop: Workshop) -> None:
    """Reviews about now; renewals decided, and recertification audits held, on their limits."""
    dice, rows = shop.dice, shop.tables.rows
    for row in some_of(dice, rows["application"], 3):
        row["reviewed_on"] = dice.near(dice.as_of)
    audits = {row["audit_id"]: row for row in rows["audit"]}
    certificates = {row["certificate_id"]: row for row in rows["certificate"]}
    renewals = [row for row in rows["decision"] if row["kind"] == "renew" and row["audit_id"]]
    for row in some_of(dice, renewals, 4):
        old = certificates.get(audits[row["audit_id"]]["certificate_id"])
        if old:
            row["decided_on"] = dice.months_from(old["expires_on"], dice.pick([0, 6]))
    surveyed = {
        row["certificate_id"]: row["actual_end"]
        for row in rows["audit"]
        if row["audit_type"] == "surveillance" and row["actual_end"] and row["status"] == "completed"
    }
    again = [row for row in rows["audit"] if row["audit_type"] == "recertification"]
    for row in some_of(dice, [row for row in again if row["certificate_id"] in surveyed], 3):
        row["actual_start"] = row["actual_end"] = dice.months_from(surveyed[row["certificate_id"]], 12)
    for row in some_of(dice, [row for row in rows["audit"] if row["status"] == "completed"], 4):
        row["actual_start"] = row["actual_end"] = add_days(dice.as_of, -dice.number(0, 5))


def move_stages(shop: Workshop) -> None:
    """Stages five or sixty working days apart, or one more or less."""
    dice, rows = shop.dice, shop.tables.rows
    twos = {row["application_id"]: row for row in rows["audit"] if row["audit_type"] == "stage2"}
    ones = [row for row in rows["audit"] if row["audit_type"] == "stage1" and row["application_id"] in twos]
    for row in some_of(dice, ones, 5):
        start = twos[row["application_id"]]["actual_start"]
        wanted = dice.pick([4, 5, 59, 60, 60, 61])
        if start is None or start > LAST_KNOWN_DAY:
            continue
        day = start
        while (working_days_between(day, start) or 0) < wanted:
            day = add_days(day, -1)
        row["actual_start"] = row["actual_end"] = day


def move_client_ends(shop: Workshop) -> None:
    """A licence or a legal status that ends a few days before as_of, or before the certificate does."""
    dice, rows = shop.dice, shop.tables.rows
    ended = [
        row for row in rows["certificate_event"] if row["event"] in ("revoked", "suspended", "cancelled")
    ]
    org_of = {row["certificate_id"]: row["org_id"] for row in rows["certificate"]}
    clients = {row["org_id"]: row for row in rows["organization"]}
    columns = ["legal_status_revoked_on", "blacklisted_from", "licence_valid_until"]
    for client in some_of(dice, rows["organization"], 2):
        client[dice.pick(columns)] = add_days(dice.as_of, -dice.pick([0, 1, 4, 5, 6]))
    for event in some_of(dice, ended, 3):
        client = clients[org_of[event["certificate_id"]]]
        client[dice.pick(columns)] = add_days(event["effective_on"], -dice.pick([0, 1, 4, 5, 6]))
    for client in some_of(dice, rows["organization"], 4):
        client["licence_required"] = True
        client["licence_valid_until"] = client["licence_valid_until"] or LONG_AHEAD


def move_follow_ups(shop: Workshop) -> None:
    """Certificates whose first, or second, surveillance is due about now."""
    dice, rows = shop.dice, shop.tables.rows
    audited = {row["certificate_id"] for row in rows["audit"]}
    fresh = [row for row in rows["certificate"] if row["certificate_id"] not in audited]
    for row in some_of(dice, fresh, 4):
        row["issued_on"] = add_months(due_day(dice, 90), -dice.pick([12, 12, 24]))
        row["expires_on"] = add_days(add_months(row["issued_on"], 36), -1)
    for row in some_of(dice, [row for row in rows["audit"] if row["audit_type"] == "surveillance"], 2):
        row["actual_end"] = add_months(due_day(dice, 90), -12)
        row["actual_start"] = row["actual_end"]


def move_plans(shop: Workshop) -> None:
    """Planned audits whose plan is due to be reported about now, and not reported."""
    dice, rows = shop.dice, shop.tables.rows
    planned = [row for row in rows["audit"] if row["status"] == "planned" and "ITSMS" in row["systems"]]
    chosen = {}
    for row in some_of(dice, planned, 4):
        row["planned_start"] = add_days(due_day(dice, 7), 3)
        row["planned_end"] = row["planned_start"]
        chosen[row["audit_id"]] = row
    rows["cnca_report"] = [row for row in rows["cnca_report"] if row["subject_id"] not in chosen]


def move_findings(shop: Workshop) -> None:
    """Open nonconformities whose term ends about now; settled ones on the day of a decision."""
    dice, rows = shop.dice, shop.tables.rows
    audits = {row["audit_id"]: row for row in rows["audit"]}
    for row in some_of(dice, rows["nonconformity"], 8):
        audit = audits[row["audit_id"]]
        due = due_day(dice, 30)
        row["verified_on"] = row["accepted_on"] = None
        if audit["certificate_id"] is None:
            audit["actual_end"] = add_months(due, -dice.pick([3, 6]))
        else:
            audit["actual_end"] = dice.pick([add_months(due, -3), add_days(due, -30)])
        audit["actual_start"] = audit["actual_end"]
    decided = {row["audit_id"]: row["decided_on"] for row in rows["decision"]}
    mine = [row for row in rows["nonconformity"] if row["audit_id"] in decided]
    for row in some_of(dice, mine, 8):
        day = decided[row["audit_id"]]
        column = dice.pick(["verified_on", "accepted_on", "raised_on"])
        row[column] = dice.near(day)
        if column == "raised_on":
            row["verified_on"] = row["accepted_on"] = None
        else:
            row["raised_on"] = add_days(day, -20)


def move_suspensions(shop: Workshop) -> None:
    """Suspensions whose term runs out about now, and changes that are to be reported about now."""
    dice, rows = shop.dice, shop.tables.rows
    suspended = [row for row in rows["certificate_event"] if row["event"] == "suspended"]
    for row in some_of(dice, suspended, 3):
        row["suspended_until"] = add_days(due_day(dice, 30), -5)
    for row in some_of(dice, rows["certificate_event"], 3):
        row["effective_on"] = add_days(dice.as_of, -dice.number(0, 5))


def move_grants(shop: Workshop) -> None:
    """Grants of a scope, and registrations, that begin or end with an audit."""
    dice, rows = shop.dice, shop.tables.rows
    done = [row for row in rows["audit"] if row["actual_start"] and row["actual_start"] <= dice.as_of]
    held: dict[str, list[Row]] = {}
    for row in rows["auditor_scope"]:
        held.setdefault(row["person_id"], []).append(row)
    registered: dict[str, list[Row]] = {}
    for row in rows["auditor_registration"]:
        registered.setdefault(row["person_id"], []).append(row)
    starts = {row["audit_id"]: row["actual_start"] for row in done}
    members = [row for row in rows["audit_assignment"] if row["audit_id"] in starts]
    for member in some_of(dice, members, 12):
        for row in some_of(dice, held.get(member["person_id"], []), 1):
            row[dice.pick(["granted_on", "expires_on"])] = dice.near(starts[member["audit_id"]])
    for member in some_of(dice, members, 8):
        for row in some_of(dice, registered.get(member["person_id"], []), 1):
            if dice.chance(0.5):
                row["valid_from"] = dice.near(member["onsite_start"])
            else:
                row["valid_until"] = dice.near(member["onsite_end"])
    for member in some_of(dice, [row for row in members if row["onsite_end"] > row["onsite_start"]], 3):
        leave_a_day_open(shop, member)
    for row in some_of(dice, rows["auditor_scope"], 3):
        row[dice.pick(["granted_on", "expires_on"])] = dice.near(dice.as_of)


def leave_a_day_open(shop: Workshop, member: Row) -> None:
    """Split all of a member's registrations so that they meet, or leave a day open, during an assignment."""
    dice, rows = shop.dice, shop.tables.rows["auditor_registration"]
    cut = member["onsite_start"]
    for row in [row for row in rows if row["person_id"] == member["person_id"]]:
        if row["valid_from"] <= cut < row["valid_until"]:
            rows.append(
                {
                    **row,
                    "registration_no": shop.tables.new_id("N"),
                    "valid_from": add_days(cut, dice.pick([1, 2, 2])),
                }
            )
            row["valid_until"] = cut


def move_certificates(shop: Workshop) -> None:
    """Decisions, issues, ends and successors on one day or beside each other."""
    dice, rows = shop.dice, shop.tables.rows
    certificates = {row["certificate_id"]: row for row in rows["certificate"]}
    past = {key for key, row in certificates.items() if row["expires_on"] < dice.as_of}
    over = [row for row in rows["certificate_event"] if row["certificate_id"] in past]
    for row in [*some_of(dice, rows["certificate_event"], 4), *some_of(dice, over, 3)]:
        certificate = certificates[row["certificate_id"]]
        row["effective_on"] = dice.pick(
            [
                dice.near(certificate["issued_on"]),
                add_days(certificate["expires_on"], dice.pick([0, 1, 2])),
                add_days(add_months(certificate["issued_on"], 12), dice.pick([0, 1, 5, 6])),
            ]
        )
    follow = [row for row in rows["certificate"] if row["previous_certificate_id"]]
    for row in some_of(dice, follow, 4):
        previous = certificates[row["previous_certificate_id"]]
        row["issued_on"] = add_days(previous["expires_on"], dice.pick([-1, 0, 1, 2]))
        row["expires_on"] = dice.months_from(previous["expires_on"], 36)
        same = [
            event
            for event in rows["certificate_event"]
            if event["certificate_id"] == previous["certificate_id"]
        ]
        for event in some_of(dice, same, 1):
            event["effective_on"] = dice.near(row["issued_on"])
    decided = {row["decision_id"]: row for row in rows["decision"]}
    for row in some_of(dice, [row for row in rows["certificate"] if row["decision_id"]], 3):
        decided[row["decision_id"]]["decided_on"] = dice.near(row["issued_on"])


def move_teams(shop: Workshop) -> None:
    """Interests and services that just touch an audit, decision makers who just left."""
    dice, rows = shop.dice, shop.tables.rows
    people = {row["person_id"]: row for row in rows["person"]}
    for row in some_of(dice, rows["decision"], 2):
        people[row["decided_by"]]["left_on"] = dice.near(row["decided_on"])
    for row in some_of(dice, rows["person"], 1):
        row[dice.pick(["left_on", "joined_on"])] = dice.near(dice.as_of)
    audits = {row["audit_id"]: row for row in rows["audit"]}
    decided = [row for row in rows["decision"] if row["audit_id"]]
    for row in some_of(dice, decided, 4):
        audits[row["audit_id"]]["report_issued_on"] = dice.near(row["decided_on"])
    for row in some_of(dice, [row for row in decided if row["kind"] == "grant"], 4):
        audit = audits[row["audit_id"]]
        if audit["actual_end"]:
            row["decided_on"] = dice.months_from(audit["actual_end"], dice.pick([0, 6]))


def move_records(shop: Workshop) -> None:
    """Records disposed of around two years after a certificate's end; internal audits due about now."""
    dice, rows = shop.dice, shop.tables.rows
    ends = [
        row["effective_on"] for row in rows["certificate_event"] if row["event"] in ("revoked", "cancelled")
    ]
    ends += [row["expires_on"] for row in rows["certificate"]]
    certificates = {row["certificate_id"]: row for row in rows["certificate"]}
    audited = {
        row["audit_id"]: certificates[row["certificate_id"]] for row in rows["audit"] if row["certificate_id"]
    }
    for row in some_of(dice, [row for row in rows["record_item"] if row["audit_id"] in audited], 30):
        last = add_months(audited[row["audit_id"]]["expires_on"], 24)
        if last <= dice.as_of:
            row["disposed_on"] = dice.near(last)
    past = [day for day in ends if add_months(day, 24) <= dice.as_of]
    for row in some_of(dice, rows["record_item"], 4):
        if past:
            row["disposed_on"] = dice.months_from(dice.pick(past), 24)
    for row in some_of(dice, rows["internal_audit"], 1):
        row["held_on"] = add_months(due_day(dice, 60), -12)
    for row in some_of(dice, rows["complaint"], 2):
        row["received_on"] = add_days(due_day(dice, 30), -60)
        row["notified_on"] = dice.maybe(add_days(row["received_on"], dice.pick([60, 61])), 0.7)
