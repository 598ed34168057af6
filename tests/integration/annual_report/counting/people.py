"""People and registrations from staging, and what follows for the body's capacity."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reports.annual_report.model import Report, Table
from tests.integration.annual_report.conftest import AS_OF
from tests.integration.annual_report.counting.asking import Connection, days_before, rows_of


def _persons(connection: Connection) -> list[tuple[Any, ...]]:
    return rows_of(
        connection,
        "select person_id, employment, joined_on, left_on from staging.stg_person where body_id = $body",
    )


def _present(persons: list[tuple[Any, ...]], day: date) -> list[tuple[Any, ...]]:
    return [row for row in persons if (row[2] is None or row[2] <= day) and (row[3] is None or row[3] > day)]


def check_people(report: Report, table: Table, connection: Connection) -> None:
    persons = _persons(connection)
    grades: dict[str, list[tuple[Any, ...]]] = {}
    for person, grade, start, end in rows_of(
        connection,
        "select person_id, grade, valid_from, valid_until from staging.stg_auditor_registration where system = 'ITSMS'",
    ):
        grades.setdefault(person, []).append((grade, start, end))
    for place, (first, last) in ((1, (report.first_on, report.last_on)), (2, days_before(report))):
        present = _present(persons, last)
        ranks = Counter(
            max(
                (
                    ("trainee", "auditor", "senior_auditor").index(grade)
                    for grade, start, end in grades.get(row[0], [])
                    if start <= last <= end
                ),
                default=-1,
            )
            for row in present
        )
        assert [row[place] for row in table.rows[:9]] == [
            len(present),
            sum(row[1] == "full_time" for row in present),
            sum(row[1] == "part_time" for row in present),
            ranks[2],
            ranks[1],
            ranks[0],
            ranks[-1],
            sum(row[2] is not None and first <= row[2] <= last for row in persons),
            sum(row[3] is not None and first <= row[3] <= last for row in persons),
        ]
    for row in table.rows:
        assert row[3] == row[1] - row[2]  # type: ignore[operator]


def check_expiring(report: Report, table: Table, connection: Connection) -> None:
    present = {row[0] for row in _present(_persons(connection), AS_OF)}
    found: dict[str, list[tuple[date, date]]] = {}
    for person, start, end in rows_of(
        connection,
        "select person_id, valid_from, valid_until from staging.stg_auditor_registration where system = 'ITSMS'",
    ):
        found.setdefault(person, []).append((start, end))
    last_ends = [
        (end - AS_OF).days
        for person, terms in found.items()
        for start, end in terms
        if person in present and start <= AS_OF <= end and end == max(term[1] for term in terms)
    ]
    assert (
        table.rows[-1][1]
        == sum(0 <= days <= 180 for days in last_ends)
        == sum(row[1] for row in table.rows[:-1])
    )  # type: ignore[misc]


def _auditors(connection: Connection, day: date) -> tuple[int, int, int]:
    """ITSMS auditors, the full-time ones of them, and auditors of any system, from people and registrations."""
    present = {row[0]: row[1] for row in _present(_persons(connection), day)}
    held = rows_of(
        connection,
        "select person_id, system from staging.stg_auditor_registration"
        " where grade <> 'trainee' and valid_from <= $day and valid_until >= $day",
        day=day,
    )
    itsms = {person for person, system in held if person in present and system == "ITSMS"}
    anything = {person for person, _ in held if person in present}
    return len(itsms), sum(present[person] == "full_time" for person in itsms), len(anything)


def _main_certificates(connection: Connection, day: date) -> tuple[int, int]:
    """Valid main certificates for ITSMS and for all systems."""
    return rows_of(
        connection,
        "select count(*) filter (where system = 'ITSMS'), count(*) from marts.fct_certificate_status_interval"
        " where body_id = $body and is_main and status = 'valid' and from_on <= $day"
        " and (to_on is null or to_on >= $day)",
        day=day,
    )[0]  # type: ignore[return-value]


def _rounded(part: int, whole: int) -> Any:
    return pytest.approx(Decimal(part) / whole, abs=Decimal("0.00005"))


def check_capacity(report: Report, table: Table, connection: Connection) -> None:
    for place, day in ((2, report.last_on), (3, days_before(report)[1])):
        itsms, full_time, everyone = _auditors(connection, day)
        valid, valid_all = _main_certificates(connection, day)
        assert [row[place] for row in table.rows] == [
            valid,
            itsms,
            _rounded(valid, itsms),
            50 * itsms - valid,
            valid_all,
            everyone,
            _rounded(valid_all, everyone),
            50 * everyone - valid_all,
            full_time,
        ]
    assert table.column("limit") == [None, None, 50, None, None, None, 50, None, 10]


def check_capacity_monthly(report: Report, table: Table, connection: Connection) -> None:
    assert len(table.rows) == report.last_on.month
    assert table.rows[-1][0] == report.last_on
    for day, *numbers in table.rows:
        assert isinstance(day, date)
        itsms, full_time, everyone = _auditors(connection, day)
        valid, valid_all = _main_certificates(connection, day)
        assert numbers == [itsms, full_time, valid, _rounded(valid, itsms), _rounded(valid_all, everyone)]


def check_scopes(report: Report, table: Table, connection: Connection) -> None:
    found = rows_of(
        connection,
        "select subject_id from marts.fct_rule_finding where rule_id = 'R3.6-b' and state = 'breach' and body_id = $body",
    )
    assert len(found) == table.column("state").count("不符合")
