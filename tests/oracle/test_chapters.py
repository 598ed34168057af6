"""Chapters 5.5 to 11 and the profiles by hand, only where a definition is easily got wrong.

If one of these examples fails, the yardstick is wrong, not the product.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.by_hand import certificate, day, event, follow_up, row, states, world
from tests.oracle.records import Record
from tests.oracle.rules_reporting import rest_of_channel
from tests.oracle.standards import names_current


def client(**days: Any) -> Record:
    """A second client, O2, to whom something happened."""
    known = {name: day(value) if isinstance(value, str) else value for name, value in days.items()}
    return row("organization", org_id="O2", name="某", **known)


def of_client(**values: Any) -> Record:
    return certificate(org_id="O2", **values)


def decision(decision_id: str, kind: str, decided_on: str, **values: Any) -> Record:
    return row(
        "decision", decision_id=decision_id, kind=kind, decided_on=day(decided_on), decided_by="P1", **values
    )


def finding(grade: str, raised_on: str, audit_id: str = "A1", **days: str) -> Record:
    known = {name: day(value) for name, value in days.items()}
    return row(
        "nonconformity",
        nc_id=f"N-{audit_id}",
        audit_id=audit_id,
        grade=grade,
        raised_on=day(raised_on),
        **known,
    )


# --- 5.10, 5.12 ---------------------------------------------


@pytest.mark.parametrize(
    ("verified_on", "expected"),
    [
        (None, "breach"),
        ("2026-09-02", "breach"),
        ("2026-09-01", "pass"),  # on the duty audit's last day
        (
            "2026-02-01",
            "not_applicable",
        ),  # already verified: the first following audit counts, before the rule
    ],
)
def test_the_duty_audit_is_the_first_in_force_that_found_it_open(
    verified_on: str | None, expected: str
) -> None:
    """A nonconformity of 2025 left open at an audit before the rule is owed at the first one under it."""
    days = {} if verified_on is None else {"verified_on": verified_on}
    found = world(
        "2026-10-01",
        certificate=[certificate(issued_on=day("2024-03-01"), expires_on=day("2027-02-28"))],
        audit=[follow_up("A1", "2025-02-01"), follow_up("A2", "2026-02-10"), follow_up("A3", "2026-09-01")],
        nonconformity=[finding("minor", "2025-02-01", **days)],
    )
    assert states(found, "R5.10.2") == {"N-A1": expected}


def test_a_late_verification_is_forgiven_where_the_certificate_was_suspended() -> None:
    """Verified after three months: the maintain decision stands only if the certificate was suspended meanwhile."""
    audit = follow_up("A1", "2026-03-10", report_issued_on=day("2026-03-12"))
    records = {
        "certificate": [certificate()],
        "audit": [audit],
        "nonconformity": [finding("major", "2026-03-10", verified_on="2026-07-01")],
        "decision": [decision("D1", "maintain", "2026-07-02", audit_id="A1")],
    }
    assert states(world("2026-10-01", **records), "R5.10.4") == {"D1": "breach"}
    suspended = event(1, "suspended", "2026-06-11", suspended_until=day("2026-12-01"))
    assert states(world("2026-10-01", **records, certificate_event=[suspended]), "R5.10.4") == {"D1": "pass"}


def test_the_nth_extension_needs_n_applications() -> None:
    """One accepted application does not carry two extensions; one that may have been accepted leaves it open."""
    audits = [
        follow_up(name, "2026-05-01", "special", report_issued_on=day("2026-05-02")) for name in ("A1", "A2")
    ]
    decisions = [
        decision("D1", "extend", "2026-06-01", audit_id="A1"),
        decision("D2", "extend", "2026-06-01", audit_id="A2"),
    ]

    def application(name: str, **values: Any) -> Record:
        plain = {"body_id": "B1", "org_id": "O1", "kind": "extension", "systems": ("ITSMS",)}
        return row("application", application_id=name, submitted_on=day("2026-04-01"), **plain, **values)

    one = application("P1", reviewed_on=day("2026-04-02"), review_result="accepted")
    records = {"certificate": [certificate()], "audit": audits, "decision": decisions}
    assert states(world("2026-10-01", **records, application=[one]), "R5.9.1") == {
        "D1": "pass",
        "D2": "breach",
    }
    two = [one, application("P2", review_result="accepted")]
    assert states(world("2026-10-01", **records, application=two), "R5.9.1") == {
        "D1": "pass",
        "D2": "undetermined",
    }


@pytest.mark.parametrize(
    ("as_of", "values", "major", "expected"),
    [
        ("2027-01-01", {"conclusion": "maintain"}, False, "pass"),
        ("2026-05-01", {}, False, "pass"),  # thirty days: not yet concluded
        ("2026-05-02", {}, False, "undetermined"),
        ("2026-04-06", {"conclusion": "not_maintain"}, False, "warning"),
        ("2026-04-07", {"conclusion": "not_maintain"}, False, "breach"),
        ("2026-07-01", {"conclusion": "maintain"}, True, "warning"),
        ("2026-07-02", {"conclusion": "maintain"}, True, "breach"),
    ],
)
def test_when_a_surveillance_needs_a_decision(
    as_of: str, values: dict[str, str], major: bool, expected: str
) -> None:
    """5.12.6: with nothing against it a surveillance needs no decision, else within five days or three months."""
    found = world(
        as_of,
        certificate=[certificate()],
        audit=[follow_up("A1", "2026-04-01", **values)],
        nonconformity=[finding("major", "2026-04-01")] if major else [],
    )
    assert states(found, "R5.12.6") == {"A1": expected}


# --- 6, Annex C ---------------------------------------------


@pytest.mark.parametrize(
    ("standard", "issued_on", "expected"),
    [
        ("ISO/IEC 20000-1:2018", "2026-03-01", True),
        ("iso/iec 20000—1：2018", "2026-03-01", True),  # as the rule's own text prints it
        ("ISO/IEC 20000-1:2011", "2021-09-30", True),
        ("ISO/IEC 20000-1:2011", "2021-10-01", False),
        ("ISO/IEC 20000-1", "2026-03-01", False),
        (None, "2026-03-01", False),
        ("ISO/IEC 20000-1:2030", "2026-03-01", None),
    ],
)
def test_editions_of_the_standard(standard: str | None, issued_on: str, expected: bool | None) -> None:
    assert names_current(standard, day(issued_on)) is expected


def test_rows_of_one_line_share_a_number_and_siblings_do_not() -> None:
    first = certificate()
    second = certificate(certificate_id="C2", issued_on=day("2026-05-01"), previous_certificate_id="C1")
    number = "12326IT00001R0CNAS"
    assert states(world("2026-10-01", certificate=[first, second]), "R6.2.4-c") == {number: "pass"}
    third = certificate(certificate_id="C3", issued_on=day("2026-06-01"), previous_certificate_id="C1")
    assert states(world("2026-10-01", certificate=[first, second, third]), "R6.2.4-c") == {number: "breach"}
    revoked = [event(1, "revoked", "2026-04-30")]
    found = world("2026-10-01", certificate=[first, second], certificate_event=revoked)
    assert states(found, "R6.2.4-c") == {number: "breach"}, "C.5: a revoked number is not used again"


def test_a_reissued_event_is_measured_by_the_one_before() -> None:
    """The term that an earlier reissue printed is the term; only its first change is a finding."""
    same = {"old_number": "12326IT00001R0CNAS", "new_number": "12326IT00001R0CNAS-1"}
    found = world(
        "2026-10-01",
        certificate=[certificate()],
        certificate_event=[
            event(1, "reissued", "2026-04-01", new_expires_on=day("2028-02-28"), **same),
            event(2, "reissued", "2026-05-01", new_expires_on=day("2028-02-28"), **same),
            event(3, "reissued", "2026-06-01"),
        ],
    )
    assert states(found, "RC.3") == {"event|E1": "breach", "event|E2": "pass", "event|E3": "undetermined"}


# --- 7 ---------------------------------------------


@pytest.mark.parametrize(("second", "expected"), [(2, "pass"), (1, "undetermined")])
def test_events_of_one_day_need_an_order(second: int, expected: str) -> None:
    """Suspended and restored on one day: without an order nobody knows whether there was something to restore."""
    found = world(
        "2026-10-01",
        certificate=[certificate()],
        certificate_event=[
            event(1, "suspended", "2026-05-01"),
            event(second, "restored", "2026-05-01", event_id="E2"),
        ],
    )
    assert states(found, "R7-seq") == {"E1": "pass", "E2": expected}


@pytest.mark.parametrize(
    ("as_of", "events", "expected"),
    [
        ("2026-07-01", [], "warning"),
        ("2026-07-02", [], "breach"),
        ("2026-09-01", [("suspended", "2026-08-01", "2026-07-01")], "pass"),  # thirty days to find out
        ("2026-09-01", [("suspended", "2026-08-01", "2026-07-02")], "warning"),
        ("2026-09-01", [("suspended", "2026-07-01", None)], "pass"),
        ("2026-09-01", [("suspended", "2026-07-02", None)], "breach"),
        ("2026-09-01", [("suspended", "2026-05-01", None), ("restored", "2026-08-20", None)], "warning"),
    ],
)
def test_a_ground_begins_on_the_first_day_on_which_the_certificate_is_valid(
    as_of: str, events: list[tuple[str, str, str | None]], expected: str
) -> None:
    """Closed from 2026-06-01: g is that day, or the day of restoration where it was suspended then."""
    rows = [
        event(n, kind, on, established_on=None if established is None else day(established))
        for n, (kind, on, established) in enumerate(events, 1)
    ]
    found = world(
        as_of,
        organization=[client(closure_from="2026-06-01")],
        certificate=[of_client()],
        certificate_event=rows,
    )
    assert states(found, "R7.2.1-9") == {"C1": expected}


def test_an_act_of_unreadable_day_may_have_been_in_time() -> None:
    """The status leaves such an event out; whether the ground was answered is open all the same."""
    found = world(
        "2026-09-01",
        organization=[client(closure_from="2026-06-01")],
        certificate=[of_client()],
        certificate_event=[
            row(
                "certificate_event",
                "effective_on",
                event_id="E1",
                certificate_id="C1",
                seq=1,
                event="suspended",
            )
        ],
    )
    assert states(found, "R7.2.1-9") == {"C1": "undetermined"}


@pytest.mark.parametrize(
    ("cancelled_on", "expected"), [("2026-07-01", "not_applicable"), ("2026-07-02", "breach")]
)
def test_a_cancellation_is_no_revocation(cancelled_on: str, expected: str) -> None:
    found = world(
        "2026-10-01",
        organization=[client(legal_status_revoked_on="2026-06-01")],
        certificate=[of_client()],
        certificate_event=[event(1, "cancelled", cancelled_on)],
    )
    assert states(found, "R7.3-1") == {"C1": expected}


@pytest.mark.parametrize(
    ("established_on", "expected"),
    [(None, "breach"), ("2027-03-03", "pass"), ("2027-04-01", "pass"), ("2027-04-02", "warning")],
)
def test_act_and_late_audit_on_one_day(established_on: str | None, expected: str) -> None:
    """Due 2027-03-01, g the day after: the suspension of the late audit's day counts with its inquiry."""
    found = world(
        "2027-06-01",
        certificate=[certificate()],
        audit=[follow_up("A1", "2027-05-01")],
        certificate_event=[
            event(
                1,
                "suspended",
                "2027-05-01",
                established_on=None if established_on is None else day(established_on),
            )
        ],
    )
    assert states(found, "R7.2.1-6")["C1|1"] == expected


@pytest.mark.parametrize(
    ("suspended_on", "ended_on", "expected"),
    [
        ("2027-03-02", "2027-03-02", "pass"),  # due 2027-03-01, overdue on the day of suspension
        ("2027-03-02", "2027-05-20", "pass"),
        ("2027-03-02", "2027-05-21", "breach"),
        ("2027-02-10", "2027-02-10", "pass"),  # nothing was overdue: an audit from that day on
        ("2027-02-10", "2027-02-09", "breach"),
    ],
)
def test_restored_only_after_the_surveillance_that_was_missed(
    suspended_on: str, ended_on: str, expected: str
) -> None:
    found = world(
        "2027-06-01",
        certificate=[certificate()],
        audit=[follow_up("A1", ended_on)],
        certificate_event=[
            event(1, "suspended", suspended_on, reason_code="7.2.1（6）"),
            event(2, "restored", "2027-05-20"),
        ],
    )
    assert states(found, "R7.2.3") == {"E2": expected}


# --- 8 to 10 ---------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("可在国家认监委官方网站（www.cnca.gov.cn）查询", False),
        ("全国认证认可信息公共服务平台 https://cx.cnca.cn/CertECloud/index?x=1，或微信公众号“认e云”", False),
        ("ｈｔｔｐ：／／ｃｘ．ｃｎｃａ．ｃｎ", False),
        ("cx.cnca.cn,www.example.cn", True),
        ("www.mycnca.gov.cn", True),
        ("机构网站 www.cb.example.cn 及 CNCA 网站", True),
        ("认监委网站，电话 400-000-0000", True),
    ],
)
def test_a_channel_that_is_cncas_alone(text: str, is_own: bool) -> None:
    assert bool(rest_of_channel(text)) is is_own, rest_of_channel(text)


@pytest.mark.parametrize(("disposed_on", "expected"), [("2029-04-29", "breach"), ("2029-04-30", "pass")])
def test_two_years_count_from_the_last_day_of_validity(disposed_on: str, expected: str) -> None:
    """An expired certificate's last day is expires_on, not the day after."""
    found = world(
        "2029-06-01",
        certificate=[certificate(expires_on=day("2027-04-30"))],
        audit=[follow_up("A1", "2026-12-01")],
        record_item=[
            row(
                "record_item",
                record_id="R1",
                audit_id="A1",
                kind="contract",
                stored_on=day("2026-12-02"),
                medium="paper",
                disposed_on=day(disposed_on),
            )
        ],
    )
    assert states(found, "R10.1") == {"R1": expected}
