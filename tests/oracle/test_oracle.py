"""The oracle itself, by hand: if one of these examples fails, the yardstick is wrong, not the product."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import pytest

from tests.oracle.arithmetic import add_months, base, half, plain, smallest_sample
from tests.oracle.chain import chain
from tests.oracle.exports import RULES, all_verdicts
from tests.oracle.judging import all_of, any_of, deadline_state
from tests.oracle.load import laid, largest_window
from tests.oracle.numbers import body_code, parsed
from tests.oracle.records import (
    Audit,
    AuditAssignment,
    Certificate,
    CertificateEvent,
    CertificationBody,
    Organization,
    Source,
)
from tests.oracle.status import status_on
from tests.oracle.workdays import add_working_days, working_days_between
from tests.oracle.world import World

Row = TypeVar("Row")


def day(text: str) -> date:
    return date.fromisoformat(text)


def make(row_type: type[Row], **values: Any) -> Row:
    """A row with everything that is not said NULL."""
    lists = {"systems", "scope_codes", "approved_scopes"}
    empty: dict[str, Any] = {
        column.name: () if column.name in lists else None
        for column in fields(row_type)  # type: ignore[arg-type]
    }
    return row_type(**{**empty, **values})


def certificate(**values: Any) -> Certificate:
    plain_values = {
        "certificate_id": "C1",
        "certificate_no": "12326IT00001R0CNAS",
        "body_id": "B1",
        "org_id": "O1",
        "system": "ITSMS",
        "issued_on": day("2026-03-01"),
        "expires_on": day("2029-02-28"),
        "cycle_no": 0,
    }
    return make(Certificate, **{**plain_values, **values})


def event(seq: int, kind: str, effective_on: str, **values: Any) -> CertificateEvent:
    return make(
        CertificateEvent,
        event_id=f"E{seq}",
        certificate_id="C1",
        seq=seq,
        event=kind,
        effective_on=day(effective_on),
        **values,
    )


def follow_up(audit_id: str, end: str, kind: str = "surveillance", **values: Any) -> Audit:
    plain_values = {
        "audit_id": audit_id,
        "body_id": "B1",
        "org_id": "O1",
        "certificate_id": "C1",
        "audit_type": kind,
        "systems": ("ITSMS",),
        "status": "completed",
        "planned_start": day(end),
        "planned_end": day(end),
        "actual_start": day(end),
        "actual_end": day(end),
    }
    return make(Audit, **{**plain_values, **values})


def world(as_of: str, **tables: Any) -> World:
    body = make(
        CertificationBody, body_id="B1", name="某", approval_no="CNCA-R-2002-123", accreditation_code="CNAS"
    )
    client = make(Organization, org_id="O1", name="某")
    return World(Source(certification_body=[body], organization=[client], **tables), day(as_of))


def states(found: World, rule_id: str) -> dict[str, str]:
    return {verdict.subject_id: verdict.state for verdict in RULES[rule_id].verdicts(found)}


# --- arithmetic ---------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
    ],
)
def test_months_are_clamped_to_the_last_day(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("days", "expected"),
    [("1.25", "1.5"), ("1.24", "1"), ("1.75", "2"), ("2.45", "2.5"), ("0.25", "0.5"), ("0", "0")],
)
def test_half_days_round_ties_up(days: str, expected: str) -> None:
    assert half(Decimal(days)) == Fraction(expected)


def test_a_third_of_a_reduced_base_is_exact() -> None:
    # 4.5 x 0.7 / 3 = 1.05: binary fractions would not decide ties of such products reliably
    assert half(base(16) * Fraction(7, 10) / 3) == 1


@pytest.mark.parametrize(
    ("persons", "days"),
    [(15, "3.5"), (16, "4.5"), (1175, "15"), (1176, "16"), (10700, "24"), (10701, "25")],
)
def test_band_edges_of_annex_b(persons: int, days: str) -> None:
    assert base(persons) == Fraction(days)


@pytest.mark.parametrize(
    ("sites", "tenths", "sample"),
    [
        (1, 10, 1),
        (2, 10, 2),
        (4, 10, 2),
        (5, 10, 3),
        (25, 6, 3),
        (26, 6, 4),
        (25, 8, 4),
        (100, 8, 8),
        (1, 6, 1),
    ],
)
def test_samples_are_rounded_up_without_floating_point(sites: int, tenths: int, sample: int) -> None:
    assert smallest_sample(sites, tenths) == sample


def test_numbers_are_printed_half_up_without_trailing_zeros() -> None:
    printed = [
        plain(value)
        for value in (Fraction(2, 3), Fraction(1, 8), Fraction(1, 20000), 50, Decimal("5.50"), None)
    ]
    assert printed == ["0.6667", "0.125", "0.0001", "50", "5.5", ""]


# --- time -----------------------------------------------------


def test_working_days_know_make_up_days_and_end_with_the_calendar() -> None:
    assert add_working_days(day("2026-02-13"), 2) == day("2026-02-24")  # 14 February is a make-up Saturday
    assert add_working_days(day("2026-12-29"), 2) == day("2026-12-31")
    assert add_working_days(day("2026-12-30"), 2) is None
    assert working_days_between(day("2026-12-31"), day("2026-12-31")) == 0
    assert working_days_between(day("2026-12-31"), day("2027-01-01")) is None


@pytest.mark.parametrize(
    ("as_of", "done", "state"),
    [
        ("2026-05-01", None, "pass"),
        ("2026-05-02", None, "warning"),
        ("2026-06-01", None, "warning"),
        ("2026-06-02", None, "breach"),
        ("2026-06-02", "2026-06-01", "pass"),
        ("2026-06-02", "2026-06-02", "breach"),
    ],
)
def test_a_deadline_is_kept_on_its_day(as_of: str, done: str | None, state: str) -> None:
    assert deadline_state(day(as_of), day("2026-06-01"), day(done) if done else None, 30) == state


def test_unknown_decides_only_where_nothing_else_does() -> None:
    assert all_of(False, None) is False
    assert all_of(True, None) is None
    assert any_of(True, None) is True
    assert any_of(False, None) is None


# --- load -----------------------------------------------------


def assignment(start: str, end: str, days: str) -> AuditAssignment:
    return make(
        AuditAssignment,
        audit_id="A1",
        person_id="P1",
        role="leader",
        onsite_start=day(start),
        onsite_end=day(end),
        onsite_days=Decimal(days),
    )


@pytest.mark.parametrize(
    ("end", "days", "loads"),
    [
        ("2026-05-06", "2.5", ["1", "1", "0.5"]),
        ("2026-05-06", "1", ["1", "0", "0"]),
        ("2026-05-06", "3.5", ["1", "1", "1.5"]),
        ("2026-05-04", "2", ["2"]),
        ("2026-05-01", "2", ["2"]),
    ],
)
def test_days_are_laid_from_the_first_and_the_rest_goes_on_the_last(
    end: str, days: str, loads: list[str]
) -> None:
    assert list(laid(assignment("2026-05-04", end, days)).values()) == [Decimal(load) for load in loads]


def test_a_window_holds_365_days_and_no_more() -> None:
    load = {day("2025-06-01"): Decimal(1), day("2026-05-31"): Decimal(1), day("2026-06-01"): Decimal(1)}
    assert largest_window(load, day("2026-05-31"), day("2026-05-31")) == 2
    assert largest_window(load, day("2026-06-01"), day("2026-06-01")) == 2
    assert largest_window(load, day("2026-05-30"), day("2026-06-30")) == 2


# --- status -----------------------------------------------------


def test_the_day_of_expiry_is_valid_and_the_next_is_not() -> None:
    row = certificate(expires_on=day("2026-06-30"))
    found = world("2026-12-31", certificate=[row])
    assert status_on(found, row, day("2026-06-30")).status == "valid"  # type: ignore[union-attr]
    ended = status_on(found, row, day("2026-07-01"))
    assert (ended.status, ended.since) == ("expired", day("2026-07-01"))  # type: ignore[union-attr]


def test_on_one_day_revoked_goes_before_cancelled_superseded_and_expired() -> None:
    row = certificate(expires_on=day("2026-06-30"))
    after = certificate(certificate_id="C2", issued_on=day("2026-07-01"), previous_certificate_id="C1")
    kinds = ["cancelled", "revoked"]
    for count, expected in ((0, "superseded"), (1, "cancelled"), (2, "revoked")):
        events = [event(seq, kind, "2026-07-01") for seq, kind in enumerate(kinds[:count])]
        found = world("2026-12-31", certificate=[row, after], certificate_event=events)
        assert status_on(found, row, day("2026-07-01")).status == expected  # type: ignore[union-attr]


def test_status_since_is_the_first_day_of_the_unbroken_run() -> None:
    row = certificate()
    events = [
        event(1, "suspended", "2026-04-01"),
        event(2, "suspended", "2026-05-01"),
        event(3, "restored", "2026-06-01"),
        event(4, "restored", "2026-06-05"),
    ]
    found = world("2026-12-31", certificate=[row], certificate_event=events)
    since = [status_on(found, row, day(text)).since for text in ("2026-03-15", "2026-05-15", "2026-06-30")]  # type: ignore[union-attr]
    assert since == [day("2026-03-01"), day("2026-04-01"), day("2026-06-01")]


def test_events_of_one_day_are_taken_by_seq() -> None:
    row = certificate()
    events = [event(2, "restored", "2026-04-01"), event(1, "suspended", "2026-04-01")]
    found = world("2026-12-31", certificate=[row], certificate_event=events)
    assert status_on(found, row, day("2026-12-31")).status == "valid"  # type: ignore[union-attr]
    assert states(found, "R7-seq") == {"E1": "pass", "E2": "pass"}


# --- surveillance -----------------------------------------------


def links(found: World) -> list[tuple[int, str, str]]:
    return [(link.n, link.due.isoformat(), link.state) for link in chain(found)]


def test_the_chain_goes_on_from_what_was_done_and_stops_at_what_was_not() -> None:
    row = certificate(issued_on=day("2024-02-29"), expires_on=day("2027-02-28"))
    found = world(
        "2026-11-15", certificate=[row], audit=[follow_up("A1", "2025-02-28"), follow_up("A2", "2026-03-01")]
    )
    assert links(found) == [
        (1, "2025-02-28", "pass"),
        (2, "2026-02-28", "breach"),
    ]  # 2027-03-01 lies after expiry


def test_a_certificate_that_ended_before_the_due_day_owes_nothing() -> None:
    row = certificate(issued_on=day("2025-04-01"), expires_on=day("2028-03-31"))
    on_due = [event(1, "revoked", "2026-04-01")]
    day_after = [event(1, "revoked", "2026-04-02")]
    assert links(world("2026-11-15", certificate=[row], certificate_event=on_due)) == [
        (1, "2026-04-01", "not_applicable")
    ]
    found = world("2026-11-15", certificate=[row], certificate_event=day_after)
    assert links(found) == [(1, "2026-04-01", "breach")]
    assert states(found, "R7.2.1-6") == {"C1|1": "pass"}


def test_a_recertification_audit_ends_the_chain() -> None:
    row = certificate(issued_on=day("2025-04-01"), expires_on=day("2028-03-31"))
    found = world("2026-11-15", certificate=[row], audit=[follow_up("A1", "2026-03-15", "recertification")])
    assert links(found) == [(1, "2026-04-01", "pass")]


def test_a_surveillance_due_before_the_rule_is_listed_and_not_judged() -> None:
    row = certificate(issued_on=day("2025-02-28"), expires_on=day("2028-02-27"))
    found = world("2026-11-15", certificate=[row])
    assert links(found) == [(1, "2026-02-28", "breach")]
    assert states(found, "R5.4.1.4-a") == {"C1|1": "not_applicable"}


# --- numbers ------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "is_form"),
    [
        ("12326IT00001R0CNAS-1", True),
        (" 123 26it00001r0cnas ", True),
        ("F01226IT00001R000", True),
        ("123426IT00001R10CNAS", True),
        ("12326IT0001R0CNAS", False),
        ("1226IT00001R0CNAS", False),
        ("12326IT00001R0C", False),
        ("12326IT00001RCNAS", False),
        ("12326IT00001R00", False),
        ("12326IT00001R0CNAS-", False),
        ("１2326IT00001R0CNAS", False),
    ],
)
def test_the_form_of_annex_c(number: str, is_form: bool) -> None:
    assert (parsed(number) is not None) is is_form


@pytest.mark.parametrize(
    ("approval_no", "code"),
    [
        ("CNCA-R-2002-123", "123"),
        ("CNCA-R-2019-1234", "1234"),
        ("CNCA-RF-2005-07", "F007"),
        ("CNCA-RF-2005-123", "F123"),
        ("CNCA-R-2002-12", None),
        ("R-2002-123", None),
    ],
)
def test_body_codes_follow_the_approval_number(approval_no: str, code: str | None) -> None:
    assert body_code(make(CertificationBody, body_id="B1", name="某", approval_no=approval_no)) == code


def test_a_part_that_contradicts_goes_before_one_that_is_not_known() -> None:
    unknown = certificate(accredited=None)
    wrong_year = certificate(certificate_id="C2", certificate_no="12325IT00002R0CNAS", accredited=None)
    found = world("2026-11-15", certificate=[unknown, wrong_year])
    assert states(found, "R6.2.4-b") == {"C1": "undetermined", "C2": "breach"}


# --- the frame ------------------------------------------------------


def test_every_rule_of_the_catalogue_is_judged() -> None:
    assert len(RULES) == 103


def test_no_records_no_subjects() -> None:
    assert all_verdicts(World(Source(), day("2026-11-15"))) == []


def test_validity_before_the_rule_is_not_applicable_and_after_as_of_not_counted() -> None:
    rows = [
        certificate(certificate_id="C0", issued_on=day("2026-02-28"), expires_on=day("2029-03-31")),
        certificate(certificate_id="C1", issued_on=day("2026-03-01"), expires_on=day("2029-03-01")),
        certificate(certificate_id="C2", issued_on=day("2026-03-01"), expires_on=day("2029-03-02")),
        certificate(certificate_id="C3", issued_on=day("2026-11-16"), expires_on=day("2029-11-17")),
    ]
    assert states(world("2026-11-15", certificate=rows), "R6.2.1") == {
        "C0": "not_applicable",
        "C1": "pass",
        "C2": "breach",
    }
