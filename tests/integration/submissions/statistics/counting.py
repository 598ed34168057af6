"""The figures of the statistical files, counted a second time: day by day in Python, from the staged records.

Nothing of the models of schema submissions is read, and none of their ways is followed: status comes from the
mart's intervals, everything else from staging.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from reports.warehouse import open_warehouse

Row = dict[str, Any]
Key = tuple[str, str, str]  # topic, item, measure

_TABLES = {
    name: f"staging.stg_{name}"
    for name in (
        "application", "audit", "audit_assignment", "auditor_registration", "auditor_scope", "certificate",
        "complaint", "decision", "internal_audit", "nonconformity", "organization", "person",
    )
}  # fmt: skip
_TABLES |= {
    "interval": "marts.fct_certificate_status_interval",
    "deadline": "marts.fct_submission_deadline",
    "person_day": "marts.fct_auditor_day",
}
_RANKS = {"trainee": 1, "auditor": 2, "senior_auditor": 3}
_IN_FORCE = ("valid", "suspended")


class Records:
    """All rows of a warehouse, by table; `as_of` is its day."""

    def __init__(self, warehouse: Path) -> None:
        with open_warehouse(warehouse) as connection:
            self.as_of: date = connection.execute("select as_of from marts.dim_run").fetchall()[0][0]
            self.rows: dict[str, list[Row]] = {}
            for name, relation in _TABLES.items():
                found = connection.execute(f"select * from {relation}")
                names = [column[0] for column in found.description or []]
                self.rows[name] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def by_id(self, table: str, key: str) -> dict[str, Row]:
        return {row[key]: row for row in self.rows[table]}


def count(records: Records, body: str, period: str) -> dict[Key, Decimal]:
    """Every figure of a body in a year ('2025') or a month ('2026-09'); zeros are not there."""
    first, last = _days(period)
    until = min(last, records.as_of)

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= until

    counts: Counter[Key] = Counter()
    for part in (_certificates, _audits, _conduct, _staff):
        for key, amount in part(records, body, first, until, within):
            counts[key] += amount
    if len(period) == 4:
        for key, amount in _year(records, body, first, until):
            counts[key] += amount
    return {key: Decimal(amount) for key, amount in counts.items() if amount}


Counted = Iterator[tuple[Key, Any]]
Within = Callable[[date | None], bool]


def _days(period: str) -> tuple[date, date]:
    if len(period) == 4:
        return date(int(period), 1, 1), date(int(period), 12, 31)
    first = date.fromisoformat(f"{period}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _province(organization: Row) -> str:
    country, region = organization["country_code"], organization["region_code"]
    special = {"158": "710000", "344": "810000", "446": "820000"}
    if country in special:
        return special[country]
    if country not in (None, "156"):
        return "abroad"
    return f"{region[:2]}0000" if region else "unrecorded"


def _headings(records: Records, certificate: Row) -> list[tuple[str, str]]:
    organization = records.by_id("organization", "org_id")[certificate["org_id"]]
    headings = [
        ("certificates", "all"),
        ("certificates_by_system", certificate["system"]),
        ("certificates_by_region", _province(organization)),
    ]
    if certificate["system"] == "ITSMS":
        scopes = (certificate["scope_codes"] or "unrecorded").split(";")
        headings += [("certificates_by_scope", scope) for scope in dict.fromkeys(scopes)]
    return headings


def _histories(records: Records, body: str) -> Iterator[tuple[Row, list[Row]]]:
    for certificate in records.rows["certificate"]:
        if certificate["body_id"] == body:
            own = [
                r for r in records.rows["interval"] if r["certificate_id"] == certificate["certificate_id"]
            ]
            if own:
                yield certificate, sorted(own, key=lambda row: row["from_on"])


def _status_on(history: list[Row], day: date) -> str:
    for row in history:
        if row["from_on"] <= day and (row["to_on"] is None or day <= row["to_on"]):
            return str(row["status"])
    return ""


def _certificates(records: Records, body: str, first: date, until: date, within: Within) -> Counted:
    for certificate, history in _histories(records, body):
        headings = _headings(records, certificate)
        happened = []
        for place, row in enumerate(history):
            if not within(row["from_on"]):
                continue
            if place == 0:
                happened.append("renewed" if certificate["previous_certificate_id"] else "issued")
                happened += ["ended_at_issue"] * (row["status"] not in _IN_FORCE)
            else:
                happened.append("restored" if row["status"] == "valid" else row["status"])
        for moment, day in (("start", first - timedelta(days=1)), ("end", until)):
            status = _status_on(history, day)
            if status == "valid":
                happened.append(f"valid_at_{moment}")
                happened += [f"sub_certificates_at_{moment}"] * bool(certificate["parent_certificate_id"])
                happened += [f"accredited_at_{moment}"] * bool(certificate["accredited"])
            happened += [f"on_hold_at_{moment}"] * (status == "suspended")
        for topic, item in headings:
            for measure in happened:
                yield (topic, item, measure), 1


def _audits(records: Records, body: str, first: date, until: date, within: Within) -> Counted:
    for audit in records.rows["audit"]:
        completed = audit["status"] == "completed" and within(audit["actual_end"])
        ended = audit["actual_end"] or audit["actual_start"] or audit["planned_end"]
        terminated = audit["status"] == "terminated" and within(ended)
        if audit["body_id"] != body or not (completed or terminated):
            continue
        systems = list(dict.fromkeys(audit["systems"].split(";")))
        headings = [("audits", "all"), ("audits_by_type", audit["audit_type"])]
        headings += [("audits_by_system", system) for system in systems]
        for topic, item in headings:
            if terminated:
                yield (topic, item, "terminated"), 1
                continue
            yield (topic, item, "completed"), 1
            yield (topic, item, audit["audit_type"]), 1
            yield (topic, item, "combined"), int(";" in audit["systems"])
            yield (topic, item, "offsite"), int(audit["is_onsite"] is False)
            yield (topic, item, "negative"), int((audit["conclusion"] or "").startswith("not_"))
            for nonconformity in records.rows["nonconformity"]:
                if (
                    nonconformity["audit_id"] == audit["audit_id"]
                    and nonconformity["raised_on"] <= records.as_of
                ):
                    yield (topic, item, f"{nonconformity['grade']}s"), 1
            if "ITSMS" in systems and (topic != "audits_by_system" or item == "ITSMS"):
                yield (topic, item, "onsite_days"), audit["onsite_days"] or 0
                yield (topic, item, "total_days"), audit["total_days"] or 0
                yield (topic, item, "without_days"), int(None in (audit["onsite_days"], audit["total_days"]))


def _conduct(records: Records, body: str, first: date, until: date, within: Within) -> Counted:
    for application in records.rows["application"]:
        if application["body_id"] != body:
            continue
        item = application["kind"]
        yield ("applications", item, "submitted"), int(within(application["submitted_on"]))
        if application["review_result"] and within(application["reviewed_on"]):
            yield ("applications", item, application["review_result"]), 1
        if within(application["contract_signed_on"]):
            yield ("applications", item, "contracts"), 1
            yield ("applications", item, "contract_fee"), application["contract_fee"] or 0
            yield ("applications", item, "without_fee"), int(application["contract_fee"] is None)
    for decision in records.rows["decision"]:
        if within(decision["decided_on"]) and _body_of(records, decision) == body:
            yield ("decisions", decision["kind"], "decided"), 1
    for complaint in records.rows["complaint"]:
        if complaint["body_id"] == body and within(complaint["received_on"]):
            yield ("complaints", complaint["kind"], "received"), 1
            yield ("complaints", complaint["kind"], _answer(complaint, records.as_of)), 1
    for held in records.rows["internal_audit"]:
        if held["body_id"] == body:
            yield ("internal_audits", "all", "held"), int(within(held["held_on"]))
    for deadline in records.rows["deadline"]:
        if deadline["body_id"] == body and within(deadline["due_on"]):
            due, done = deadline["due_on"], deadline["done_on"]
            missing = "missing" if due < records.as_of else "pending"
            state = missing if done is None else "in_time" if done <= due else "late"
            yield ("reports", deadline["kind"], "due"), 1
            yield ("reports", deadline["kind"], state), 1


def _body_of(records: Records, decision: Row) -> str:
    audit = records.by_id("audit", "audit_id").get(decision["audit_id"])
    certificate = records.by_id("certificate", "certificate_id").get(decision["certificate_id"])
    person = records.by_id("person", "person_id")[decision["decided_by"]]
    return str((audit or certificate or person)["body_id"])


def _answer(complaint: Row, as_of: date) -> str:
    due = complaint["received_on"] + timedelta(days=60)
    told = complaint["notified_on"]
    if told is None or told > as_of:
        return "overdue" if due < as_of else "open"
    return "answered_in_time" if told <= due else "answered_late"


def _present(person: Row, day: date) -> bool:
    joined, left = person["joined_on"], person["left_on"]
    return (joined is None or joined <= day) and (left is None or left > day)


def _registrations(records: Records, person: Row, day: date) -> dict[str, tuple[int, date]]:
    """System -> highest rank in force, and the last day of the longest registration of that rank."""
    found: dict[str, tuple[int, date]] = {}
    for row in records.rows["auditor_registration"]:
        if row["person_id"] == person["person_id"] and row["valid_from"] <= day <= row["valid_until"]:
            one = (_RANKS[row["grade"]], row["valid_until"])
            found[row["system"]] = max(one, found.get(row["system"], one))
    return found


def _staff(records: Records, body: str, first: date, until: date, within: Within) -> Counted:
    for person in (row for row in records.rows["person"] if row["body_id"] == body):
        item = person["employment"]
        yield ("staff", item, "people_at_start"), int(_present(person, first - timedelta(days=1)))
        yield ("staff", item, "joined"), int(within(person["joined_on"]))
        yield ("staff", item, "departed"), int(within(person["left_on"]))
        if not _present(person, until):
            continue
        yield ("staff", item, "people_at_end"), 1
        registrations = _registrations(records, person, until)
        best = max((rank for rank, _ in registrations.values()), default=0)
        itsms = registrations.get("ITSMS", (0, until))[0]
        capacities = {
            (row["scope_code"], row["capacity"])
            for row in records.rows["auditor_scope"]
            if row["person_id"] == person["person_id"]
            and row["granted_on"] <= until
            and (row["expires_on"] is None or row["expires_on"] >= until)
        }
        is_expert = any(capacity == "technical_expert" for _, capacity in capacities)
        yield ("staff", item, "auditors"), int(best > 1)
        yield ("staff", item, "itsms_auditors"), int(itsms > 1)
        yield ("staff", item, "trainees"), int(best == 1)
        yield ("staff", item, "technical_experts"), int(is_expert)
        yield ("staff", item, "others"), int(not best and not is_expert)
        for system, (rank, valid_until) in registrations.items():
            grade = {1: "trainees", 2: "plain_auditors", 3: "senior_auditors"}[rank]
            for measure in (grade, "registered", item):
                yield ("staff_by_system", system, measure), 1
            in_a_year = until.replace(year=until.year + 1, day=min(until.day, 28))
            in_a_year += timedelta(days=until.day - in_a_year.day)
            yield ("staff_by_system", system, "expiring"), int(valid_until < in_a_year)
        for scope, capacity in capacities:
            if capacity == "auditor":
                yield ("staff_by_scope", scope, "professional_auditors"), int(itsms > 1)
            else:
                yield ("staff_by_scope", scope, "technical_experts"), 1


def _year(records: Records, body: str, first: date, until: date) -> Counted:
    """What only the years have: clients, and person-days on site."""
    clients = set()
    for certificate, history in _histories(records, body):
        if _status_on(history, until) == "valid":
            clients |= {
                (topic, item, certificate["org_id"])
                for topic, item in _headings(records, certificate)
                if topic != "certificates_by_scope"
            }
    for topic, item, _ in clients:
        yield (topic, item, "clients_at_end"), 1
    most, most_cycle = Decimal(0), Decimal(0)
    for person in (row for row in records.rows["person"] if row["body_id"] == body):
        own = [row for row in records.rows["person_day"] if row["person_id"] == person["person_id"]]
        loads = {row["day_on"]: row["load_days"] for row in own}
        days = sum((load for day, load in loads.items() if day.year == first.year), Decimal(0))
        registrations = _registrations(records, person, until) if _present(person, until) else {}
        if not days and max((rank for rank, _ in registrations.values()), default=0) < 2:
            continue
        ends = [first + timedelta(days=n) for n in range((date(first.year, 12, 31) - first).days + 1)]
        cycle = max(
            sum((load for day, load in loads.items() if end - timedelta(days=365) < day <= end), Decimal(0))
            for end in ends
        )
        limits = {"none": 0, "up_to_half": 90, "up_to_warning": 160, "up_to_limit": 180}
        band = next((name for name, limit in limits.items() if days <= limit), "over_limit")
        yield ("workload_by_band", band, "people"), 1
        yield ("workload_by_band", band, "days"), days
        yield ("workload", "all", "people"), 1
        yield ("workload", "all", "days"), days
        yield ("workload", "all", "over_limit"), int(cycle > 180)
        most, most_cycle = max(most, days), max(most_cycle, cycle)
    yield ("workload", "all", "most_days"), most
    yield ("workload", "all", "most_cycle_days"), most_cycle
