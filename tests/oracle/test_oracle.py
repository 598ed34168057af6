"""The oracle itself, by hand: if one of these examples fails, the yardstick is wrong, not the product."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.oracle.arithmetic import add_months, base, half, plain, smallest_sample
from tests.oracle.by_hand import certificate, day, event, follow_up, row, states, world
from tests.oracle.chain import has_links
from tests.oracle.chain import links as links_of
from tests.oracle.exports import all_verdicts
from tests.oracle.judging import all_of, any_of, deadline_state
from tests.oracle.load import laid, largest_window
from tests.oracle.numbers import body_code, parsed
from tests.oracle.records import Record, Source
from tests.oracle.status import Status, status_on
from tests.oracle.workdays import add_working_days, working_days_between
from tests.oracle.world import World


def status(found: World, certificate_id: str, text: str) -> Status:
    one = status_on(found, found.get("certificate", certificate_id), day(text))  # type: ignore[arg-type]
    assert one is not None
    return one


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
    assert half(Fraction(9, 2) * Fraction(7, 10) / 3) == 1


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


def assignment(start: str, end: str, days: str) -> Record:
    return row(
        "audit_assignment",
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
    found = world("2026-12-31", certificate=[certificate(expires_on=day("2026-06-30"))])
    assert status(found, "C1", "2026-06-30").status == "valid"
    assert status(found, "C1", "2026-07-01") == Status("expired", day("2026-07-01"))


def test_on_one_day_revoked_goes_before_cancelled_superseded_and_expired() -> None:
    kinds = ["cancelled", "revoked"]
    for count, expected in ((0, "superseded"), (1, "cancelled"), (2, "revoked")):
        rows = [
            certificate(expires_on=day("2026-06-30")),
            certificate(certificate_id="C2", issued_on=day("2026-07-01"), previous_certificate_id="C1"),
        ]
        events = [event(seq, kind, "2026-07-01") for seq, kind in enumerate(kinds[:count])]
        found = world("2026-12-31", certificate=rows, certificate_event=events)
        assert status(found, "C1", "2026-07-01").status == expected


def test_status_since_is_the_first_day_of_the_unbroken_run() -> None:
    events = [
        event(1, "suspended", "2026-04-01"),
        event(2, "suspended", "2026-05-01"),
        event(3, "restored", "2026-06-01"),
        event(4, "restored", "2026-06-05"),
    ]
    found = world("2026-12-31", certificate=[certificate()], certificate_event=events)
    since = [status(found, "C1", text).since for text in ("2026-03-15", "2026-05-15", "2026-06-30")]
    assert since == [day("2026-03-01"), day("2026-04-01"), day("2026-06-01")]


def test_events_of_one_day_are_taken_by_seq() -> None:
    events = [event(2, "restored", "2026-04-01"), event(1, "suspended", "2026-04-01")]
    found = world("2026-12-31", certificate=[certificate()], certificate_event=events)
    assert status(found, "C1", "2026-12-31") == Status("valid", day("2026-04-01"))


def test_a_sub_certificate_is_suspended_and_ends_with_the_current_main_one() -> None:
    """By the row that its parent names alone, a reissue of the main one would end it."""
    rows = [
        certificate(),
        certificate(certificate_id="C2", issued_on=day("2026-05-01"), previous_certificate_id="C1"),
        certificate(certificate_id="S1", parent_certificate_id="C1"),
    ]
    events = [
        event(1, "suspended", "2026-06-01", certificate_id="C2"),
        event(2, "restored", "2026-07-01", certificate_id="C2"),
        event(3, "suspended", "2026-06-15", certificate_id="S1"),
        event(4, "restored", "2026-06-20", certificate_id="S1"),
        event(5, "revoked", "2026-09-01", certificate_id="C2"),
    ]
    found = world("2026-12-31", certificate=rows, certificate_event=events)
    assert status(found, "C1", "2026-05-01") == Status("superseded", day("2026-05-01"))
    assert status(found, "S1", "2026-06-25") == Status("suspended", day("2026-06-01"))
    assert status(found, "S1", "2026-07-02") == Status("valid", day("2026-07-01"))
    assert status(found, "S1", "2026-09-01") == Status("revoked", day("2026-09-01"))


# --- surveillance -----------------------------------------------


def links(found: World) -> list[tuple[int, str, str]]:
    return [
        (link.n, link.due.isoformat(), link.state)
        for one in found.table("certificate")
        if has_links(found, one)
        for link in links_of(found, one)
    ]


def test_the_chain_goes_on_from_what_was_done_and_stops_at_what_was_not() -> None:
    one = certificate(issued_on=day("2024-02-29"), expires_on=day("2027-02-28"))
    found = world(
        "2026-11-15", certificate=[one], audit=[follow_up("A1", "2025-02-28"), follow_up("A2", "2026-03-01")]
    )
    assert links(found) == [
        (1, "2025-02-28", "pass"),
        (2, "2026-02-28", "breach"),
    ]  # 2027-03-01 lies after expiry


def test_a_certificate_that_ended_before_the_due_day_owes_nothing() -> None:
    for ended, state in (("2026-04-01", "not_applicable"), ("2026-04-02", "breach")):
        one = certificate(issued_on=day("2025-04-01"), expires_on=day("2028-03-31"))
        found = world("2026-11-15", certificate=[one], certificate_event=[event(1, "revoked", ended)])
        assert links(found) == [(1, "2026-04-01", state)]


def test_a_recertification_audit_ends_the_chain() -> None:
    one = certificate(issued_on=day("2025-04-01"), expires_on=day("2028-03-31"))
    found = world("2026-11-15", certificate=[one], audit=[follow_up("A1", "2026-03-15", "recertification")])
    assert links(found) == [(1, "2026-04-01", "pass")]


def test_a_surveillance_due_before_the_rule_is_listed_and_not_judged() -> None:
    one = certificate(issued_on=day("2025-02-28"), expires_on=day("2028-02-27"))
    found = world("2026-11-15", certificate=[one])
    assert links(found) == [(1, "2026-02-28", "breach")]
    assert states(found, "R5.4.1.4-a") == {"C1|1": "not_applicable"}


def test_a_reissue_does_not_restart_the_year() -> None:
    rows = [
        certificate(issued_on=day("2025-04-01"), expires_on=day("2028-03-31")),
        certificate(
            certificate_id="C2",
            issued_on=day("2025-09-01"),
            expires_on=day("2028-03-31"),
            previous_certificate_id="C1",
        ),
    ]
    found = world("2026-11-15", certificate=rows, audit=[follow_up("A1", "2026-03-01")])
    assert links(found) == [(1, "2026-04-01", "pass"), (2, "2027-03-01", "pass")]


# --- unknown cells -------------------------------------------------


@pytest.mark.parametrize(
    ("unreadable", "expected"),
    [
        (("status",), "undetermined"),  # planned or completed
        (("shifts_total",), "undetermined"),  # one shift: no subject
        (("shifts_audited",), "undetermined"),
        (("shift_skip_reason",), "undetermined"),
        (("planned_start", "conclusion"), "breach"),  # nothing hangs on it
    ],
)
def test_an_unreadable_cell_leaves_open_what_hangs_on_it(unreadable: tuple[str, ...], expected: str) -> None:
    audit = follow_up("A1", "2026-06-01", "surveillance", *unreadable, shifts_total=3, shifts_audited=2)
    assert states(world("2026-11-15", audit=[audit]), "R5.4.1.5") == {"A1": expected}


def test_what_holds_under_every_value_is_said() -> None:
    """An end that cannot be read, but no day of which could help: shifts that nobody audited."""
    audit = follow_up(
        "A1", "2026-06-01", "surveillance", "shift_skip_reason", shifts_total=3, shifts_audited=0
    )
    assert states(world("2026-11-15", audit=[audit]), "R5.4.1.5") == {"A1": "breach"}


def test_a_planned_audit_without_days_is_no_subject_whatever_its_status() -> None:
    audit = follow_up("A1", "2026-06-01", "surveillance", "status", shifts_total=3, actual_end=None)
    assert states(world("2026-11-15", audit=[audit]), "R5.4.1.5") == {}


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
    assert body_code(row("certification_body", body_id="B1", name="某", approval_no=approval_no)) == code


# --- the frame ------------------------------------------------------


def test_no_records_no_subjects() -> None:
    assert all_verdicts(World(Source(), day("2026-11-15"))) == []
