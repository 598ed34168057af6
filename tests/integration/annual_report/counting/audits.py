"""Audits from staging; auditors' days from the days themselves, every cycle-year tried."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reports.annual_report.model import Report, Table
from tests.integration.annual_report.conftest import AS_OF
from tests.integration.annual_report.counting.asking import Connection, days_before, figures, rows_of


def _audits(report: Report, connection: Connection, first: date, last: date) -> list[tuple[Any, ...]]:
    return rows_of(
        connection,
        "select audit_type, onsite_days, total_days, actual_end from staging.stg_audit"
        " where body_id = $body and status = 'completed' and list_contains(string_split(systems, ';'), 'ITSMS')"
        " and actual_end between $first and $last and actual_end <= $as_of",
        first=first,
        last=last,
        as_of=report.as_of,
    )


KINDS = {
    "一阶段审核": "stage1",
    "二阶段审核": "stage2",
    "监督审核": "surveillance",
    "再认证审核": "recertification",
    "特殊审核": "special",
}


def check_audits_by_type(report: Report, table: Table, connection: Connection) -> None:
    now = _audits(report, connection, report.first_on, report.last_on)
    before = _audits(report, connection, *days_before(report))
    for label, count, onsite, whole, mean, count_before, onsite_before in table.rows:
        mine = [row for row in now if label == "合计" or row[0] == KINDS[str(label)]]
        earlier = [row for row in before if label == "合计" or row[0] == KINDS[str(label)]]
        assert (count, count_before) == (len(mine), len(earlier))
        assert onsite == sum(row[1] or 0 for row in mine)
        assert whole == sum(row[2] or 0 for row in mine)
        assert onsite_before == sum(row[1] or 0 for row in earlier)
        assert mean == (onsite / count if count else None)  # type: ignore[operator]
    assert figures(report, "audits").value == len(now)
    assert figures(report, "onsite_days").before == sum(row[1] or 0 for row in before)


def check_audits_monthly(report: Report, table: Table, connection: Connection) -> None:
    now = _audits(report, connection, report.first_on, report.last_on)
    for row in table.rows:
        mine = [audit for audit in now if row[0] == "合计" or f"{audit[3]:%m} 月" == row[0]]
        assert row[1] == len(mine)
        assert row[2:7] == tuple(
            sum(audit[1] or 0 for audit in mine if audit[0] == kind) for kind in KINDS.values()
        )
        assert row[7] == sum(audit[1] or 0 for audit in mine)


def _loads(connection: Connection) -> dict[str, dict[date, Decimal]]:
    found: dict[str, dict[date, Decimal]] = {}
    for person, day, load in rows_of(
        connection, "select person_id, day_on, load_days from marts.fct_auditor_day where body_id = $body"
    ):
        found.setdefault(person, {})[day] = load
    return found


def check_workload_bins(report: Report, table: Table, connection: Connection) -> None:
    for place, (first, last) in ((1, (report.first_on, report.last_on)), (3, days_before(report))):
        sums = [
            total
            for days in _loads(connection).values()
            if (total := sum(load for day, load in days.items() if first <= day <= last))
        ]
        edges = [0, 60, 120, 160, 180, 10_000]
        for row, (low, high) in zip(table.rows, itertools.pairwise(edges), strict=False):
            mine = [total for total in sums if low < total <= high]
            assert (row[place], row[place + 1]) == (len(mine), sum(mine))
        assert table.rows[-1][place : place + 2] == (len(sums), sum(sums))


def check_workload_people(report: Report, table: Table, connection: Connection) -> None:
    """The highest sum over any 365 days that end in the year, by trying every day of it."""
    loads = _loads(connection)
    highest = {}
    last = min(date(report.year, 12, 31), AS_OF)
    for person, days in loads.items():
        ends = [
            date(report.year, 1, 1) + timedelta(days=n)
            for n in range((last - date(report.year, 1, 1)).days + 1)
        ]
        highest[person] = max(
            sum(load for day, load in days.items() if end - timedelta(days=364) <= day <= end) for end in ends
        )
    expected = sorted(((-days, person) for person, days in highest.items() if days))[:15]
    assert [(-row[3], row[0]) for row in table.rows] == expected  # type: ignore[operator]
    for person, _, days, rolling, room, state, before in table.rows:
        mine = loads[str(person)]
        assert days == sum(load for day, load in mine.items() if day.year == report.year)
        assert before == sum(load for day, load in mine.items() if day.year == report.year - 1)
        assert room == 180 - rolling  # type: ignore[operator]
        assert state == ("不符合" if rolling > 180 else "预警" if rolling > 160 else "通过")  # type: ignore[operator]
    assert figures(report, "over_limit").value == sum(days > 180 for days in highest.values())
