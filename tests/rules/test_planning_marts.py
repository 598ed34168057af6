"""The marts of the planning pages at their edges: days on which a limit is passed, overlaps, capacity over time, plans.

Every case has a body of its own; one real run judges all of them. A failure means that a page shows a wrong day,
a wrong person or a wrong number, while the rules may still be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest

from reports.warehouse import open_warehouse
from tests.rules.case_source import Case, Row, write_source
from tests.support.pipeline import build_warehouse

AS_OF = date(2026, 11, 15)


def audit(number: int, start: date, days: float, *, person: str = "P1", **more: Any) -> tuple[Row, Row]:
    """An audit of another system with one leader on site on every day from `start` on."""
    end = start + timedelta(days=max(0, int(days - 0.5)))
    planned = start > AS_OF
    dates: Row = {"planned_start": start, "planned_end": end}
    dates |= {"actual_start": None if planned else start, "actual_end": None if planned else end}
    status = "planned" if planned else "completed"
    return (
        {"audit_id": f"A{number}", "systems": "QMS", "status": status, **dates, **more},
        {
            "audit_id": f"A{number}",
            "person_id": person,
            "onsite_start": start,
            "onsite_end": end,
            "onsite_days": days,
        },
    )


def worked(*audits: tuple[Row, Row], **tables: list[Row]) -> dict[str, list[Row]]:
    return {
        "audit": [first for first, _ in audits],
        "audit_assignment": [second for _, second in audits],
        **tables,
    }


GIVEN: dict[str, dict[str, list[Row]]] = {
    # 100 days done; from 2026-12-01 on one a day: the 61st planned day is above 160, the 81st above 180.
    "will_cross": worked(audit(1, date(2026, 7, 1), 100), audit(2, date(2026, 12, 1), 90)),
    "exactly_on_the_levels": worked(audit(1, date(2026, 3, 1), 160), audit(2, date(2026, 12, 1), 20)),
    "above_before_the_year": worked(audit(1, date(2025, 3, 1), 200)),
    # The day of 2025-02-01 leaves the window on 2026-02-01: 160 again, until the day of 2026-02-10.
    "falls_and_crosses_again": worked(
        audit(1, date(2025, 2, 1), 1), audit(2, date(2025, 3, 1), 160), audit(3, date(2026, 2, 10), 1)
    ),
    "overlaps": worked(
        audit(1, date(2026, 6, 1), 1),
        audit(2, date(2026, 6, 1), 0.5),
        audit(3, date(2026, 6, 3), 0.5),
        audit(4, date(2026, 6, 3), 0.5),
        audit(5, date(2026, 12, 1), 1),
        audit(6, date(2026, 12, 1), 1),
    ),
    "capacity": {
        "person": [
            {"person_id": "P1", "joined_on": date(2020, 1, 1)},
            {"person_id": "P2", "joined_on": date(2020, 1, 1), "employment": "part_time"},
            {"person_id": "P3", "joined_on": date(2020, 1, 1), "left_on": date(2026, 8, 31)},
            {"person_id": "P4", "joined_on": date(2026, 9, 30)},
        ],
        "auditor_registration": [
            {"person_id": "P2", "valid_from": date(2026, 10, 31), "registration_no": "N2"},
            {"person_id": "P3", "registration_no": "N3"},
            {"person_id": "P4", "system": "QMS", "registration_no": "N4"},
        ],
        "certificate": [
            {"certificate_id": "C1", "issued_on": date(2026, 9, 30), "expires_on": date(2029, 9, 29)},
            {"certificate_id": "C2", "issued_on": date(2026, 7, 31), "expires_on": date(2029, 7, 30)},
            {
                "certificate_id": "C3",
                "issued_on": date(2026, 7, 31),
                "expires_on": date(2029, 7, 30),
                "parent_certificate_id": "C2",
            },
            {
                "certificate_id": "C4",
                "system": "QMS",
                "issued_on": date(2023, 8, 31),
                "expires_on": date(2026, 8, 30),
            },
        ],
        "certificate_event": [
            {"certificate_id": "C2", "event": "suspended", "effective_on": date(2026, 10, 31)},
            {"certificate_id": "C2", "event": "restored", "effective_on": AS_OF},
        ],
        "auditor_scope": [
            {"person_id": "P1", "expires_on": date(2027, 5, 14)},
            {"person_id": "P2", "expires_on": date(2027, 5, 15)},
            {"person_id": "P3"},
        ],
    },
    "plans": {
        "person": [{"person_id": "P1"}, {"person_id": "P2", "left_on": date(2026, 9, 1)}],
        "auditor_registration": [{"person_id": "P2", "registration_no": "N2"}],
        "certificate": [
            {"certificate_id": f"C{number}", "issued_on": issued, "expires_on": date(2028, 9, 1), **more}
            for number, (issued, more) in enumerate(
                [
                    (date(2025, 11, 1), {"decision_id": "D1"}),  # due 2026-11-01: overdue, nothing planned
                    (date(2025, 12, 20), {}),  # the plan ends on the due day
                    (date(2025, 12, 20), {}),  # a day later
                    (date(2025, 12, 20), {}),  # the plan's days are over
                ],
                start=1,
            )
        ],
        "decision": [{"decision_id": "D1", "audit_id": "A0"}],
        "audit": [
            {"audit_id": "A0", "audit_type": "stage2"},
            *(
                {
                    "audit_id": f"A{number}",
                    "certificate_id": f"C{number}",
                    "status": "planned",
                    "planned_start": start,
                    "planned_end": end,
                    "actual_start": None,
                    "actual_end": None,
                }
                for number, start, end in (
                    (2, date(2026, 12, 19), date(2026, 12, 20)),
                    (3, date(2026, 12, 20), date(2026, 12, 21)),
                    (4, date(2026, 11, 13), date(2026, 11, 14)),
                )
            ),
        ],
        "audit_assignment": [
            {"audit_id": "A0", "person_id": "P2"},
            {"audit_id": "A2", "person_id": "P1", "onsite_start": date(2026, 12, 19)},
        ],
    },
    # One auditor with 51 certificates: full-time auditors, both ratios and a scope are short, the grant has no ground,
    # and a day of this month was worked twice.
    "all_at_once": worked(
        audit(1, date(2026, 11, 2), 1),
        audit(2, date(2026, 11, 2), 1),
        certificate=[
            {
                "certificate_id": f"C{number}",
                "issued_on": date(2026, 9, 30),
                "expires_on": date(2029, 9, 29),
                "scope_codes": "04.03",
            }
            for number in range(1, 52)
        ],
        auditor_scope=[{"person_id": "P1", "projects": 0, "granted_on": date(2026, 4, 1)}],
    ),
}

Ask = Callable[[str, str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("planning")
    cases = [
        Case("planning", name, number, AS_OF, given, (), {})
        for number, (name, given) in enumerate(GIVEN.items(), start=1)
    ]
    write_source(cases, folder / "source")
    with open_warehouse(build_warehouse(folder / "source", folder / "home", AS_OF, ("cnca",))) as connection:
        yield connection


@pytest.fixture(scope="module")
def ask(warehouse: duckdb.DuckDBPyConnection) -> Ask:
    """Rows of a query on one case; {body} is its body, ids come without the case's prefix."""

    def rows(case: str, query: str) -> list[tuple[Any, ...]]:
        prefix = f"k{list(GIVEN).index(case) + 1:04d}."
        found = warehouse.execute(query.format(body=f"body_id = '{prefix}B1'")).fetchall()
        return [
            tuple(value.replace(prefix, "") if isinstance(value, str) else value for value in row)
            for row in found
        ]

    return rows


CROSSINGS = (
    "select person_id, level, cast(crossed_on as varchar), window_days, is_forecast, is_earlier"
    " from marts.fct_auditor_crossing where {body} order by crossed_on, level desc"
)


def test_the_first_day_above_a_level_is_the_crossing(ask: Ask) -> None:
    assert ask("will_cross", CROSSINGS) == [
        ("P1", "warning", "2027-01-30", 161, True, False),
        ("P1", "limit", "2027-02-19", 181, True, False),
    ]


def test_exactly_on_a_level_is_not_above_it(ask: Ask) -> None:
    """160 done is not above the warning, 180 with the plan not above the limit: the warning is passed by the plan."""
    assert ask("exactly_on_the_levels", CROSSINGS) == [("P1", "warning", "2026-12-01", 161, True, False)]


def test_above_before_the_year_is_said_to_be_earlier(ask: Ask) -> None:
    """Nobody may vanish from the list because the day on which they passed it is too long ago."""
    assert ask("above_before_the_year", CROSSINGS) == [
        ("P1", "warning", "2025-11-16", 200, False, True),
        ("P1", "limit", "2025-11-16", 200, False, True),
    ]


def test_a_second_crossing_is_a_row_of_its_own(ask: Ask) -> None:
    assert [row[2:] for row in ask("falls_and_crosses_again", CROSSINGS)] == [
        ("2025-11-16", 161, False, True),
        ("2026-02-10", 161, False, False),
    ]


def test_overlaps_done_and_planned(ask: Ask) -> None:
    """Two half days make a whole one; a day planned twice is seen before it comes."""
    query = (
        "select cast(day_on as varchar), load_days, planned_days, audit_count, audit_ids, is_planned"
        " from marts.fct_auditor_overlap where {body} order by day_on"
    )
    assert ask("overlaps", query) == [
        ("2026-06-01", 1.5, 0, 2, "A1;A2", False),
        ("2026-12-01", 2, 2, 2, "A5;A6", True),
    ]


def test_the_path_ends_where_the_workload_is(warehouse: duckdb.DuckDBPyConnection) -> None:
    """On as_of the curve shows what the list shows, and its months hold every day of the cycle-year's plan."""
    apart = warehouse.execute(
        "select count(*) from marts.fct_auditor_workload as workload"
        " left join marts.fct_auditor_workload_path as path"
        f"   on workload.person_id = path.person_id and path.day_on = date '{AS_OF}'"
        " where path.window_days is distinct from workload.current_window_days"
    ).fetchone()
    planned = warehouse.execute(
        "select (select sum(planned_days) from marts.fct_auditor_workload_path),"
        " (select sum(planned_days) from marts.fct_auditor_workload)"
    ).fetchone()
    assert apart == (0,)
    assert planned is not None and planned[0] == planned[1] > 0


def test_the_path_month_by_month(ask: Ask) -> None:
    query = (
        "select cast(day_on as varchar), window_days, done_days, planned_days, is_forecast"
        " from marts.fct_auditor_workload_path where {body} and day_on >= date '2026-10-31' order by day_on"
    )
    assert ask("will_cross", query) == [
        ("2026-10-31", 100, 8, 0, False),
        ("2026-11-15", 100, 0, 0, False),
        ("2026-12-31", 131, 0, 31, True),
        ("2027-01-31", 162, 0, 31, True),
        ("2027-02-28", 190, 0, 28, True),
        ("2027-03-31", 190, 0, 0, True),
        ("2027-04-30", 190, 0, 0, True),
        ("2027-05-31", 190, 0, 0, True),
    ]


def test_capacity_on_month_ends(ask: Ask) -> None:
    """The first day of a registration counts, the day of leaving does not; neither does a suspended certificate."""
    query = (
        "select cast(day_on as varchar), itsms_auditors_full_time, itsms_auditors, all_auditors, valid_itsms, valid_all"
        " from marts.fct_body_capacity_monthly where {body} and day_on >= date '2026-07-31' order by day_on"
    )
    assert ask("capacity", query) == [
        ("2026-07-31", 2, 2, 2, 1, 2),
        ("2026-08-31", 1, 1, 1, 1, 1),
        ("2026-09-30", 1, 1, 2, 2, 2),
        ("2026-10-31", 1, 2, 3, 1, 1),
        ("2026-11-15", 1, 2, 3, 2, 2),
    ]


def test_capacity_reaches_three_years_back(ask: Ask) -> None:
    """36 month ends, as_of, and the same day of the year before, for every body."""
    query = (
        "select count(*), cast(min(day_on) as varchar), cast(max(day_on) as varchar),"
        " count(*) filter (where day_on = date '2025-11-15')"
        " from marts.fct_body_capacity_monthly where {body}"
    )
    assert ask("plans", query) == [(38, "2023-11-30", "2026-11-15", 1)]


def test_the_last_point_is_todays_capacity(warehouse: duckdb.DuckDBPyConnection) -> None:
    """The curve ends at the number that the rule judges, and both are what the register of certificates holds."""
    apart = warehouse.execute(
        f"""
        with registered as (
            select body_id, count(*) filter (where system = 'ITSMS') as itsms, count(*) as everything
            from marts.dim_certificate
            where status = 'valid' and is_main
            group by body_id
        )

        select capacity.body_id
        from marts.fct_body_capacity as capacity
        left join marts.fct_body_capacity_monthly as months
            on capacity.body_id = months.body_id and months.day_on = date '{AS_OF}'
        left join registered on capacity.body_id = registered.body_id
        where (
            capacity.valid_itsms, capacity.valid_all, capacity.itsms_auditors, capacity.all_auditors,
            capacity.ratio_itsms, capacity.state_itsms, capacity.state_all, capacity.state_full_time
        ) is distinct from (
            months.valid_itsms, months.valid_all, months.itsms_auditors, months.all_auditors,
            months.ratio_itsms, months.state_itsms, months.state_all, months.state_full_time
        )
            or capacity.valid_itsms <> coalesce(registered.itsms, 0)
            or capacity.valid_all <> coalesce(registered.everything, 0)"""
    ).fetchall()
    assert apart == []


def test_scopes_that_will_be_short(ask: Ask) -> None:
    """Two today, one whose grant outlasts 180 days: no breach, but a warning that the rule does not give."""
    query = (
        "select scope_code, professional_auditors, professional_auditors_lasting, state"
        " from marts.fct_scope_capacity where {body}"
    )
    assert ask("capacity", query) == [("04.03", 2, 1, "warning")]


def test_plans_of_open_surveillances(ask: Ask) -> None:
    """Done by the due day is in time, a day later is late; a plan whose days are over closes nothing."""
    query = (
        "select certificate_id, horizon, plan_state, planned_audit_id, leader_id, leader_group"
        " from marts.fct_surveillance_open where {body} order by certificate_id"
    )
    assert ask("plans", query) == [
        ("C1", "overdue", "none", None, "P2", "inactive"),
        ("C2", "middle", "in_time", "A2", "P1", "full_time"),
        ("C3", "middle", "late", "A3", None, "unknown"),
        ("C4", "middle", "lapsed", "A4", None, "unknown"),
    ]


def test_the_lists_behind_the_numbers_hold_as_many(warehouse: duckdb.DuckDBPyConnection) -> None:
    """From the number of auditors the page leads to registrations, from that of a scope to grants."""
    auditors = warehouse.execute(
        """
        select capacity.body_id
        from marts.fct_body_capacity as capacity
        left join (
            select body_id, count(distinct person_id) as listed
            from marts.fct_auditor_registration
            where is_active_auditor and system = 'ITSMS'
            group by body_id
        ) as registrations on capacity.body_id = registrations.body_id
        where capacity.itsms_auditors <> coalesce(registrations.listed, 0)"""
    ).fetchall()
    scopes = warehouse.execute(
        """
        select scopes.body_id, scopes.scope_code
        from marts.fct_scope_capacity as scopes
        left join (
            select grants.body_id, grants.scope_code, count(*) as listed
            from marts.fct_auditor_scope as grants
            where grants.capacity = 'auditor' and grants.is_valid
                and grants.person_id in (
                    select person_id from marts.fct_auditor_registration
                    where is_active_auditor and system = 'ITSMS'
                )
            group by grants.body_id, grants.scope_code
        ) as grants on scopes.body_id = grants.body_id and scopes.scope_code = grants.scope_code
        where scopes.professional_auditors <> coalesce(grants.listed, 0)"""
    ).fetchall()
    assert (auditors, scopes) == ([], [])


def test_every_breach_of_a_body_has_a_line_of_its_own(ask: Ask) -> None:
    """Two breaches of one body both stand, and what is breached today is not filed under the next 30 days; R3.10-a only warns."""
    lines = ask(
        "all_at_once",
        "select domain, urgency, state, what from pages.page_worklist"
        " where {body} and starts_with(line_id, 'capacity|') order by line_id",
    )
    breaches = [("capacity", "overdue", "breach")] * 2
    assert [line[:3] for line in lines] == [*breaches, ("capacity", "month", "warning")]
    assert [line[3] for line in lines] == [
        "全部体系人均证书 51.0，超过上限",
        "专职 ITSMS 审核员 1 人，少于下限",
        "ITSMS 人均证书 51.0，多于 50 张",
    ]


def test_findings_of_scopes_grants_and_days_reach_the_work_list(ask: Ask) -> None:
    """R3.6-b and R3.6-c stand until they are mended, R3.9-b is new for a while: none says the same as another line."""
    query = (
        "select line_id, domain, urgency from pages.page_worklist"
        " where {body} and rule_id in ('R3.6-b', 'R3.6-c', 'R3.9-b') order by line_id"
    )
    assert ask("all_at_once", query) == [
        ("R3.6-b|B1|04.03", "capacity", "overdue"),
        ("R3.6-c|P1|04.03", "capacity", "overdue"),
        ("R3.9-b|P1|2026-11-02", "found", "found"),
    ]


def test_an_overlap_of_long_ago_is_no_work(ask: Ask) -> None:
    """The day of June is over and cannot be changed; it stays among the findings."""
    assert ask(
        "overlaps", "select count(*) from pages.page_worklist where {body} and rule_id = 'R3.9-b'"
    ) == [(0,)]


def test_no_finding_of_an_open_term_is_lost(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Every breach whose term is over and that is not done stands on the list, as itself or in its domain's line."""
    lost = warehouse.execute(
        "select finding_id from marts.fct_rule_finding as findings where state = 'breach' and due_on < date '2026-11-15'"
        " and observed_on is null and not starts_with(rule_id, 'R9.') and not starts_with(rule_id, 'R5.4.1.4')"
        " and rule_id <> 'R3.9-a'"
        " and not exists (select 1 from pages.page_worklist as lines where lines.line_id = findings.finding_id)"
    ).fetchall()
    assert lost == []
