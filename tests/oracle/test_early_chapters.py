"""Chapters 3 to 5.4 by hand: the readings of version 2 that a slip would turn round without anybody noticing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.oracle.by_hand import certificate, day, event, follow_up, row, states, world
from tests.oracle.landing import add_stubs
from tests.oracle.records import Record
from tests.oracle.status import status_on
from tests.oracle.world import World

NOW = "2026-11-15"


def person(person_id: str = "P1", *unknown: str, **values: Any) -> Record:
    plain_values = {"person_id": person_id, "body_id": "B1", "name": "某", "employment": "full_time"}
    return row("person", *unknown, **{**plain_values, **values})


def registration(person_id: str = "P1", system: str = "ITSMS", **values: Any) -> Record:
    plain_values = {
        "person_id": person_id,
        "system": system,
        "registration_no": f"{person_id}{system}{values.get('valid_from')}",
        "grade": "auditor",
        "valid_from": day("2015-01-01"),
        "valid_until": day("2035-12-31"),
    }
    return row("auditor_registration", **{**plain_values, **values})


def member(person_id: str = "P1", role: str = "leader", *unknown: str, **values: Any) -> Record:
    plain_values = {
        "audit_id": "A1",
        "person_id": person_id,
        "role": role,
        "onsite_start": day("2026-06-01"),
        "onsite_end": day("2026-06-01"),
        "onsite_days": Decimal(1),
    }
    return row("audit_assignment", *unknown, **{**plain_values, **values})


def judged(rule_id: str, audit: dict[str, Any] | None = None, **tables: list[Record]) -> dict[str, str]:
    """The states of a rule in a world with one audit on 2026-06-01."""
    return states(world(NOW, audit=[follow_up("A1", "2026-06-01", **(audit or {}))], **tables), rule_id)


# --- 3.6, 3.9, 3.10 ----------------------------------------------


@pytest.mark.parametrize(
    ("known", "unreadable", "expected"),
    [(9, 0, "breach"), (9, 1, "undetermined"), (10, 1, "warning"), (11, 1, "undetermined"), (12, 1, "pass")],
)
def test_employment_that_cannot_be_read_may_count(known: int, unreadable: int, expected: str) -> None:
    people = [person(f"P{n}") for n in range(known)]
    people += [person(f"X{n}", "employment") for n in range(unreadable)]
    rows = [registration(one.person_id) for one in people]
    assert states(world(NOW, person=people, auditor_registration=rows), "R3.6-a") == {"B1": expected}


def test_ten_auditors_are_needed_on_every_day_in_force() -> None:
    """One of the ten was registered a day late, once; today they are ten."""
    people = [person(f"P{n}") for n in range(10)]
    for broken, expected in ((day("2026-05-02"), "breach"), (day("2026-02-28"), "pass")):
        rows = [registration(one.person_id) for one in people[1:]]
        rows += [
            registration("P0", valid_until=broken - timedelta(days=2)),
            registration("P0", valid_from=broken),
        ]
        assert states(world(NOW, person=people, auditor_registration=rows), "R3.6-d") == {"B1": expected}


def worked(first: str, days: str, audit_id: str = "A1") -> tuple[Record, Record]:
    """An audit of another system, and somebody's days on it."""
    last = day(first) + timedelta(days=299)
    audit = follow_up(audit_id, last.isoformat(), actual_start=day(first), systems=("QMS",))
    row_of = member(audit_id=audit_id, onsite_start=day(first), onsite_end=last, onsite_days=Decimal(days))
    return audit, row_of


@pytest.mark.parametrize(
    ("first", "days", "expected"),
    [
        ("2026-03-01", "180", "warning"),
        ("2026-03-01", "180.5", "breach"),
        ("2026-02-28", "181", "warning"),  # one of them lies before the rule
        ("2026-03-01", "160", "pass"),
        ("2025-12-31", "160.5", "warning"),
    ],
)
def test_days_before_the_rule_warn_and_do_not_breach(first: str, days: str, expected: str) -> None:
    audit, row_of = worked(first, days)
    found = world("2027-01-15", audit=[audit], audit_assignment=[row_of], person=[person()])
    assert states(found, "R3.9-a") == {"P1": expected}


@pytest.mark.parametrize(
    ("unreadable", "expected"),
    [
        ("onsite_days", {"P1|2026-06-01": "undetermined"}),
        ("onsite_end", {"P1|2026-06-01": "undetermined"}),
        ("onsite_start", {"P1|2026-05-30": "undetermined"}),  # the planned day stands in
    ],
)
def test_an_assignment_that_cannot_be_laid_is_seen(unreadable: str, expected: dict[str, str]) -> None:
    plan = {"planned_start": day("2026-05-30")}
    found = {"audit_assignment": [member("P1", "leader", unreadable)], "person": [person()]}
    assert judged("R3.9-b", plan, **found) == expected
    assert judged("R3.9-a", plan, **found) == {"P1": "undetermined"}


def test_a_stub_auditor_could_end_the_warning() -> None:
    rows = [certificate(certificate_id=f"C{n}") for n in range(51)]
    mine, stub = registration(), registration("P9")
    known = world(NOW, person=[person()], certificate=rows, auditor_registration=[mine])
    hidden = world(NOW, person=[person()], certificate=rows, auditor_registration=[mine, stub])
    assert states(known, "R3.10-a") == {"B1": "warning"}
    assert states(known, "R3.10-b") == {"B1": "breach"}
    assert states(hidden, "R3.10-a") == {"B1": "undetermined"}


# --- 3.11, 4, 5.4.4, 5.4.5 ----------------------------------------------


def test_days_of_two_systems_are_not_added_up() -> None:
    two_days = {"onsite_end": day("2026-06-02"), "onsite_days": Decimal(2)}
    rows = [
        registration(valid_until=day("2026-06-01")),
        registration(system="QMS", valid_from=day("2026-06-02")),
    ]
    tables = {"person": [person()], "audit_assignment": [member(**two_days)]}
    combined = {"systems": ("ITSMS", "QMS"), "actual_end": day("2026-06-02")}
    assert judged("R3.11-a", combined, auditor_registration=rows, **tables) == {"A1|P1": "breach"}
    rows.append(registration(valid_from=day("2026-06-02")))
    assert judged("R3.11-a", combined, auditor_registration=rows, **tables) == {"A1|P1": "pass"}


def test_of_another_body_warns_and_out_of_service_breaches() -> None:
    for values, expected in (({"body_id": "B2"}, "warning"), ({"left_on": day("2026-05-31")}, "breach")):
        tables = {"person": [person(**values)], "audit_assignment": [member()]}
        assert judged("R4-a", **tables) == {"A1|P1": expected}


@pytest.mark.parametrize(
    ("leaders", "expected"),
    [
        ([], "breach"),
        (["P1"], "pass"),
        (["P1", "P2"], "warning"),
        (["X1"], "undetermined"),
        (["P1", "X1"], "undetermined"),
        (["P1", "P2", "X1"], "warning"),
    ],
)
def test_stub_leaders_may_count(leaders: list[str], expected: str) -> None:
    found = judged(
        "R5.4.4.1-b", person=[person("P1"), person("P2")], audit_assignment=[member(one) for one in leaders]
    )
    assert found == {"A1": expected}


@pytest.mark.parametrize(
    ("registered", "stub", "systems", "expected"),
    [
        (False, False, ("ITSMS",), "breach"),
        (False, False, ("ITSMS", "QMS"), "not_applicable"),
        (False, True, ("ITSMS", "QMS"), "undetermined"),
        (True, False, ("ITSMS", "QMS"), "pass"),
    ],
)
def test_a_combined_team_without_itsms_is_left_to_the_rule_on_systems(
    registered: bool, stub: bool, systems: tuple[str, ...], expected: str
) -> None:
    rows = [registration(system="ITSMS" if registered else "QMS")]
    team = [member(), *([member("X1", "auditor")] if stub else [])]
    tables = {"person": [person()], "audit_assignment": team, "auditor_registration": rows}
    assert judged("R5.4.4.1-d", {"systems": systems}, **tables) == {"A1": expected}


def test_a_system_of_which_nothing_was_delivered_is_unknown() -> None:
    rows = [registration()]
    tables = {"person": [person(), person("P2")], "audit_assignment": [member()]}
    combined = {"systems": ("ITSMS", "QMS")}
    assert judged("R5.4.4.1-e", combined, auditor_registration=rows, **tables) == {"A1": "undetermined"}
    rows.append(registration("P2", "QMS"))
    assert judged("R5.4.4.1-e", combined, auditor_registration=rows, **tables) == {"A1": "breach"}


def test_a_trainee_needs_a_mentor_among_the_auditors() -> None:
    people = [person(), person("P2")]
    for mentor, expected in (("P1", "pass"), (None, "breach"), ("P2", "breach"), ("X1", "undetermined")):
        team = [member(), member("P2", "trainee", mentor_id=mentor)]
        assert judged("R5.4.4.3", person=people, audit_assignment=team) == {"A1": expected}


def test_a_plan_is_warned_of_and_never_breached() -> None:
    plan = {"status": "planned", "planned_start": day("2026-11-20"), "planned_end": day("2026-11-20")}
    plan |= {"actual_start": None, "actual_end": None}
    nobody = {"audit_assignment": [], "person": []}
    assert judged("R5.4.4.1-b-p", plan, **nobody) == {"A1": "warning"}
    assert judged("R5.4.4.1-b", plan, **nobody) == {}
    late = {**plan, "planned_start": day("2026-11-30"), "planned_end": day("2026-11-30")}
    assert judged("R5.4.4.1-b-p", late, **nobody) == {}


@pytest.mark.parametrize(
    ("cut_over", "expected"), [(None, "breach"), ("2026-05-29", "breach"), ("2026-05-30", "not_applicable")]
)
def test_a_report_of_another_start_does_not_count_and_history_is_cut(
    cut_over: str | None, expected: str
) -> None:
    report = row(
        "cnca_report",
        report_id="R1",
        body_id="B1",
        kind="audit_plan",
        subject_id="A1",
        recipient="CNCA",
        reported_on=day("2026-05-20"),
        plan_start=day("2026-05-31"),
        result="accepted",
    )
    found = world(NOW, audit=[follow_up("A1", "2026-06-01")], cnca_report=[report])
    body = found.table("certification_body")[0]
    body.__dict__["reporting_since"] = None if cut_over is None else day(cut_over)
    assert states(found, "R9.2") == {"A1": expected}


# --- 5.1 to 5.4.2 ----------------------------------------------


def application(*unknown: str, **values: Any) -> Record:
    plain_values = {
        "application_id": "AP1",
        "body_id": "B1",
        "org_id": "O1",
        "kind": "initial",
        "systems": ("ITSMS",),
        "submitted_on": day("2026-05-01"),
        "reviewed_on": day("2026-05-10"),
        "review_result": "accepted",
    }
    return row("application", *unknown, **{**plain_values, **values})


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([("suspended", "2025-05-02")], "breach"),
        ([("suspended", "2025-05-01")], "pass"),
        ([("suspended", "2025-05-02"), ("restored", "2025-06-01")], "pass"),
        ([("suspended", "2025-05-01"), ("revoked", "2025-08-01")], "pass"),  # counts from the suspension
        ([("revoked", "2025-05-02")], "breach"),
    ],
)
def test_an_earlier_certificate_of_the_same_client_counts(
    events: list[tuple[str, str]], expected: str
) -> None:
    """Another body's, under the client's unified code; its own end by expiry is none."""
    other = row("organization", org_id="O2", name="某", uscc=" 91110108ma0000000 ")
    earlier = certificate(
        org_id="O2", body_id="B2", issued_on=day("2024-01-01"), expires_on=day("2026-12-31")
    )
    rows = [event(seq, kind, text) for seq, (kind, text) in enumerate(events)]
    found = world(
        NOW, application=[application()], certificate=[earlier], certificate_event=rows, organization=[other]
    )
    found.get("organization", "O1").__dict__["uscc"] = "91110108MA0000000"  # type: ignore[union-attr]
    assert states(found, "R5.1.2-4") == {"AP1": expected}


def test_an_unreadable_review_is_neither_accepted_nor_rejected() -> None:
    found = world(NOW, application=[application("review_result")])
    assert states(found, "R5.1.2-5") == {"AP1": "undetermined"}
    assert states(world(NOW, application=[application(review_result=None)]), "R5.1.2-5") == {}


def test_a_review_after_as_of_lies_after_the_contract() -> None:
    late = application(reviewed_on=day("2026-12-01"), contract_signed_on=day("2026-06-01"))
    assert states(world(NOW, application=[late]), "R5.2.1") == {"AP1": "breach"}


@pytest.mark.parametrize(
    ("days", "systems", "expected"),
    [
        # a third of 3.5 is 1.1667, rounded 1; a combined audit needs 0.8 of it, 0.9333, rounded 1 too
        ("0.9", ("ITSMS",), "breach"),
        ("1", ("ITSMS",), "warning"),
        ("1.166667", ("ITSMS",), "pass"),
        ("1", ("ITSMS", "QMS"), "pass"),
        ("0.95", ("ITSMS", "QMS"), "breach"),
    ],
)
def test_a_floor_is_rounded_only_for_the_breach(days: str, systems: tuple[str, ...], expected: str) -> None:
    values = {"total_days": Decimal(days), "headcount_effective": 15, "systems": systems}
    assert judged("R5.7.4", values) == {"A1": expected}


# --- opening states ----------------------------------------------


def test_a_stated_status_opens_the_record_where_there_are_no_events() -> None:
    stated = certificate(status_given="suspended", status_given_on=day("2026-05-01"))
    found = world(NOW, certificate=[stated])
    status = status_on(found, stated, day(NOW))
    assert status is not None and (status.status, status.since) == ("suspended", day("2026-05-01"))
    told = world(NOW, certificate=[stated], certificate_event=[event(1, "changed", "2026-06-01")])
    assert status_on(told, stated, day(NOW)).status == "valid"  # type: ignore[union-attr]


def test_what_needs_the_unknown_day_of_a_stated_status_is_undetermined() -> None:
    stated = certificate(status_given="revoked", issued_on=day("2025-03-01"), expires_on=day("2028-02-28"))
    assert states(world(NOW, certificate=[stated]), "R5.4.1.4-a") == {"C1|1": "undetermined"}
    assert states(world(NOW, certificate=[stated]), "R3.10-a") == {"B1": "pass"}


def test_stubs_are_made_once() -> None:
    found: World = world(NOW, certificate=[certificate(org_id="O9")])
    add_stubs(found.source)
    assert [one.org_id for one in found.table("organization", stubs=True) if one.is_stub] == ["O9"]
