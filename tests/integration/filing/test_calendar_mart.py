"""What is still to be reported, on the last day of a year, from records to the mart by the real pipeline.

A failure means that the calendar misses an obligation, keeps one that is done, or tells another day than the
clause does. The day is chosen for its edges: 31 March is exactly 90 days away, the working days of the next
year are not known yet, and a month and a year are about to be over.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reports.warehouse import open_warehouse
from tests.rules.case_source import Case, write_source
from tests.support.pipeline import build_warehouse

AS_OF = date(2026, 12, 31)
PLANNED = {"audit_id": "A1", "status": "planned", "actual_start": None, "actual_end": None}
CERTIFICATE = [{"issued_on": date(2026, 5, 1), "expires_on": date(2029, 4, 30)}]
Rows = list[tuple[Any, ...]]


def day(text: str) -> date:
    return date.fromisoformat(text)


def plan(start: str, **more: Any) -> dict[str, Any]:
    return {**PLANNED, "planned_start": day(start), "planned_end": day(start), **more}


def report(on: str, result: str | None = "accepted", **more: Any) -> dict[str, Any]:
    return {"reported_on": day(on), "result": result, "kind": "audit_plan", "subject_id": "A1", **more}


def monthly(on: str, period: str, recipient: str | None, result: str = "accepted") -> dict[str, Any]:
    about = {"kind": "monthly_report", "period": period, "recipient": recipient, "subject_id": None}
    return report(on, result, **about)


# name: given, kind, expected (subject or period, due, days left, overdue, foreseen, reported)
CASES: dict[str, tuple[dict[str, Any], str, Rows]] = {
    "a_plan_in_a_week": (
        {"audit": [plan("2027-01-10")]},
        "audit_plan",
        [("A1", day("2027-01-07"), 7, False, False, "none")],
    ),
    "a_plan_that_is_late_and_can_still_be_filed": (
        {"audit": [plan("2027-01-02")]},
        "audit_plan",
        [("A1", day("2026-12-30"), -1, True, False, "none")],
    ),
    "an_audit_that_has_begun_is_a_finding_and_no_plan": (
        {"audit": [plan("2026-12-31", actual_start=day("2026-12-31"))]},
        "audit_plan",
        [],
    ),
    "a_plan_whose_days_have_passed": ({"audit": [plan("2026-12-30")]}, "audit_plan", []),
    "a_plan_for_today_can_still_be_filed": (
        {"audit": [plan("2026-12-31")]},
        "audit_plan",
        [("A1", day("2026-12-28"), -3, True, False, "none")],
    ),
    "a_plan_due_on_the_last_day_of_the_horizon": (
        {"audit": [plan("2027-04-03")]},
        "audit_plan",
        [("A1", day("2027-03-31"), 90, False, False, "none")],
    ),
    "a_plan_due_a_day_later": ({"audit": [plan("2027-04-04")]}, "audit_plan", []),
    "an_audit_off_site_has_no_plan": (
        {"audit": [plan("2027-01-10", is_onsite=False)]},
        "audit_plan",
        [],
    ),
    "an_accepted_plan_is_done": (
        {"audit": [plan("2027-01-10")], "cnca_report": [report("2026-12-30")]},
        "audit_plan",
        [],
    ),
    "a_plan_accepted_tomorrow_is_not": (
        {"audit": [plan("2027-01-10")], "cnca_report": [report("2027-01-01")]},
        "audit_plan",
        [("A1", day("2027-01-07"), 7, False, False, "none")],
    ),
    "a_plan_that_was_sent_waits": (
        {"audit": [plan("2027-01-10")], "cnca_report": [report("2026-12-30", "pending")]},
        "audit_plan",
        [("A1", day("2027-01-07"), 7, False, False, "pending")],
    ),
    "a_report_without_result_shows_nothing": (
        {"audit": [plan("2027-01-10")], "cnca_report": [report("2026-12-30", None)]},
        "audit_plan",
        [("A1", day("2027-01-07"), 7, False, False, "none")],
    ),
    "a_rejected_plan_comes_back": (
        {
            "audit": [plan("2027-01-10")],
            "cnca_report": [report("2026-12-28", "pending"), report("2026-12-29", "rejected")],
        },
        "audit_plan",
        [("A1", day("2027-01-07"), 7, False, False, "rejected")],
    ),
    "the_correction_of_the_same_day_waits": (
        {
            "audit": [plan("2027-01-10")],
            "cnca_report": [report("2026-12-29", "rejected"), report("2026-12-29", "pending")],
        },
        "audit_plan",
        [("A1", day("2027-01-07"), 7, False, False, "pending")],
    ),
    "results_of_the_running_month": (
        {"certificate": [{"issued_on": date(2026, 12, 10), "expires_on": date(2029, 12, 9)}]},
        "monthly/certificate",
        [("C1", day("2027-01-10"), 10, False, True, "none")],
    ),
    "results_of_a_month_that_is_over": (
        {"certificate": CERTIFICATE},
        "monthly/certificate",
        [("C1", day("2026-06-10"), -204, True, False, "none")],
    ),
    "a_suspension_two_working_days_ago": (
        {
            "certificate": CERTIFICATE,
            "certificate_event": [
                {"event_id": "E1", "event": "suspended", "effective_on": date(2026, 12, 29)}
            ],
        },
        "status_change",
        [("E1", day("2026-12-31"), 0, False, False, "none")],
    ),
    "a_suspension_whose_term_runs_into_a_year_without_calendar": (
        {
            "certificate": CERTIFICATE,
            "certificate_event": [
                {"event_id": "E1", "event": "suspended", "effective_on": date(2026, 12, 30)}
            ],
        },
        "status_change",
        [("E1", None, None, None, False, "none")],
    ),
    "a_restoration_is_reported_like_a_suspension": (
        {
            "certificate": CERTIFICATE,
            "certificate_event": [
                {"event_id": "E1", "event": "suspended", "effective_on": date(2026, 11, 2)},
                {"event_id": "E2", "event": "restored", "effective_on": date(2026, 12, 28)},
            ],
            "cnca_report": [report("2026-11-03", kind="status_change", subject_id="E1")],
        },
        "status_change",
        [("E2", day("2026-12-30"), -1, True, False, "none")],
    ),
    "months_ahead_within_the_horizon": (
        {
            "certificate": [{"issued_on": date(2026, 12, 10), "expires_on": date(2029, 12, 9)}],
            "cnca_report": [monthly(f"2026-{m + 1:02}-05", f"2026-{m:02}", None) for m in range(3, 12)],
        },
        "monthly/body",
        [
            ("2026-12", day("2027-01-10"), 10, False, True, "none"),
            ("2027-01", day("2027-02-10"), 41, False, True, "none"),
            ("2027-02", day("2027-03-10"), 69, False, True, "none"),
        ],
    ),
    "a_month_is_done_when_cnca_has_it_whoever_else_does": (
        {
            "certificate": CERTIFICATE,
            "cnca_report": [
                *(monthly(f"2026-{m + 1:02}-05", f"2026-{m:02}", "CNCA") for m in range(3, 11)),
                monthly("2026-12-05", "2026-11", "CNAS"),
                monthly("2026-12-06", "2026-11", "CNCA", "rejected"),
            ],
        },
        "monthly/body",
        [
            ("2026-11", day("2026-12-10"), -21, True, False, "rejected"),
            ("2026-12", day("2027-01-10"), 10, False, True, "none"),
            ("2027-01", day("2027-02-10"), 41, False, True, "none"),
            ("2027-02", day("2027-03-10"), 69, False, True, "none"),
        ],
    ),
    "statistics_go_to_each_recipient": (
        {
            "cnca_report": [
                *(
                    monthly(f"2026-{m + 1:02}-05", f"2026-{m:02}", to)
                    for m in range(3, 12)
                    for to in ("CNCA", "CCAA")
                ),
                *(monthly(f"2026-{m + 1:02}-05", f"2026-{m:02}", "CNAS") for m in range(3, 11)),
                monthly("2026-12-08", "2026-11", "CNAS", "pending"),
            ]
        },
        "monthly_statistics",
        [
            ("2026-11", day("2026-12-10"), -21, True, False, "pending"),
            *(
                (period, day(due), left, False, True, "none")
                for period, due, left in (
                    ("2026-12", "2027-01-10", 10),
                    ("2027-01", "2027-02-10", 41),
                    ("2027-02", "2027-03-10", 69),
                )
                for _recipient in ("CCAA", "CNAS", "CNCA")
            ),
        ],
    ),
    "the_running_years_report_is_foreseen_on_its_last_day": (
        {
            "cnca_report": [
                report("2026-03-20", kind="annual_work_report", period="2025", subject_id=None)
            ]
        },
        "annual",
        [("2026", day("2027-03-31"), 90, False, True, "none")],
    ),
    "last_years_social_report_is_overdue": (
        {},
        "social_responsibility",
        [
            ("2025", day("2026-03-31"), -275, True, False, "none"),
            ("2026", day("2027-03-31"), 90, False, True, "none"),
        ],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[dict[str, Any]]]:
    """The mart's rows of a case, from one warehouse with every case in a body of its own."""
    place = tmp_path_factory.mktemp("calendar")
    cases = {
        name: Case("calendar", name, number, AS_OF, given, (), {})
        for number, (name, (given, _kind, _rows)) in enumerate(CASES.items(), start=1)
    }
    write_source(list(cases.values()), place / "source")
    warehouse: Path = build_warehouse(place / "source", place / "home", AS_OF)
    with open_warehouse(warehouse) as connection:
        found = connection.execute(
            "select * from marts.fct_submission_calendar order by due_on, period, recipient, subject_id"
        )
        names = [name for name, *_ in found.description or ()]
        every = [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def of_case(name: str) -> list[dict[str, Any]]:
        return [row for row in every if row["body_id"] == cases[name].body_id]

    return of_case


@pytest.mark.parametrize("name", CASES)
def test_what_is_still_to_be_reported(name: str, rows: Callable[[str], list[dict[str, Any]]]) -> None:
    _given, wanted, expected = CASES[name]
    kind, _, subject_type = wanted.partition("/")
    found = [
        (
            row["subject_id"].partition(".")[2] if row["subject_type"] != "body" else row["period"],
            row["due_on"],
            row["days_left"],
            row["is_overdue"],
            row["is_foreseen"],
            row["reported_state"],
        )
        for row in rows(name)
        if row["kind"] == kind and subject_type in ("", row["subject_type"])
    ]
    assert found == expected


def test_every_obligation_names_its_clause_rule_and_report(
    rows: Callable[[str], list[dict[str, Any]]],
) -> None:
    """Pages lead from here to the rule, and the ledger's facts are matched by the report's kind."""
    found = {
        (row["kind"], row["report_kind"], row["subject_type"], row["clause"], row["rule_id"])
        for name in CASES
        for row in rows(name)
    }
    assert found == {
        ("audit_plan", "audit_plan", "audit", "9.2", "R9.2"),
        ("monthly", "certification_result", "certificate", "9.3", "R9.3"),
        ("monthly", "monthly_report", "body", "9.3", None),
        ("status_change", "status_change", "event", "9.4", "R9.4-a"),
        ("status_change", "status_change", "event", "9.1 (4)", None),
        ("annual", "annual_work_report", "body", "9.1 (1)", "R9.1-a"),
        ("social_responsibility", "social_responsibility_report", "body", "9.1 (2)", "R9.1-b"),
        ("monthly_statistics", "monthly_report", "body", "3.2.2", "ZQHX-3.2.2"),
    }


def test_a_plan_comes_into_its_file_a_week_before_it_is_due(
    rows: Callable[[str], list[dict[str, Any]]],
) -> None:
    (near,) = [row for row in rows("a_plan_in_a_week") if row["kind"] == "audit_plan"]
    assert near["prepare_from_on"] == AS_OF
    month, *_ = [row for row in rows("months_ahead_within_the_horizon") if row["kind"] == "monthly"]
    assert month["prepare_from_on"] == day("2027-01-01")
