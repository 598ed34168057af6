"""Every table of the report against the records, counted a second time in another way.

`CHECKS` has one function per table. A table without a check is a failure: no number is believed because it is printed.
The second counting reads staging, or marts that the report does not read, and is done in Python where that is plainer.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from reports.annual_report.model import Figure, Paragraph, Report, Table, shown
from tests.integration.annual_report.conftest import AS_OF, BODY

Connection = duckdb.DuckDBPyConnection
FLOWS = ("issued", "renewed", "restored", "suspended", "revoked", "cancelled", "expired", "superseded")
ENDED = ("revoked", "cancelled", "expired", "superseded")


def tables(report: Report) -> dict[str, Table]:
    return {
        block.name: block
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, Table)
    }


def days_before(report: Report) -> tuple[date, date]:
    return report.first_on.replace(year=report.year - 1), report.last_on.replace(year=report.year - 1)


def figures(report: Report, name: str) -> Any:
    (found,) = [figure for figure in report.key_figures if figure.name == name]
    return found


def _rows(connection: Connection, query: str, **values: Any) -> list[tuple[Any, ...]]:
    return connection.execute(query, {"body": BODY, **values} if "$body" in query else values).fetchall()


def stock(connection: Connection, day: date, system: str | None = "ITSMS") -> Counter[str]:
    """Status of every certificate on a day, from the intervals."""
    return Counter(
        dict(
            _rows(
                connection,
                "select status, count(*) from marts.fct_certificate_status_interval where body_id = $body"
                " and from_on <= $day and (to_on is null or to_on >= $day)"
                + (f" and system = '{system}'" if system else "")
                + " group by 1",
                day=day,
            )
        )
    )


def changes(connection: Connection, first: date, last: date) -> list[tuple[str, date, str, str | None]]:
    """(flow, day, status, status before) of ITSMS certificates, read off the intervals in Python."""
    found = []
    previous: tuple[Any, ...] | None = None
    renewals = {
        row[0]
        for row in _rows(
            connection,
            "select certificate_id from staging.stg_certificate where previous_certificate_id is not null",
        )
    }
    for row in _rows(
        connection,
        "select certificate_id, status, from_on from marts.fct_certificate_status_interval"
        " where body_id = $body and system = 'ITSMS' order by certificate_id, from_on",
    ):
        before = previous[1] if previous and previous[0] == row[0] else None
        flow = "restored" if before and row[1] == "valid" else row[1]
        if before is None:
            flow = "renewed" if row[0] in renewals else "issued"
        if first <= row[2] <= last:
            found.append((flow, row[2], row[1], before))
        previous = row
    return found


def check_movement(report: Report, table: Table, connection: Connection) -> None:
    rows = {row[0]: row for row in table.rows}
    opening = stock(connection, report.first_on - timedelta(days=1))
    closing = stock(connection, report.last_on)
    assert rows["期初"][1:4] == (
        opening["valid"],
        opening["suspended"],
        opening["valid"] + opening["suspended"],
    )
    assert rows["期末"][1:4] == (
        closing["valid"],
        closing["suspended"],
        closing["valid"] + closing["suspended"],
    )
    for place in range(1, 5):
        assert sum(row[place] for row in table.rows[:-1]) == table.rows[-1][place], (
            "opening + changes = closing"
        )
    before = stock(connection, days_before(report)[1])
    assert rows["期末"][4] == before["valid"] + before["suspended"]
    assert figures(report, "valid").value == closing["valid"]
    assert figures(report, "valid").before == before["valid"]


def check_monthly(report: Report, table: Table, connection: Connection) -> None:
    found = changes(connection, report.first_on, report.last_on)
    per_month = Counter((f"{day:%m} 月", flow) for flow, day, *_ in found)
    for month, row in enumerate(table.rows[:-1], start=1):
        assert row[1:9] == tuple(per_month[(row[0], flow)] for flow in FLOWS)
        next_month = date(report.year + month // 12, month % 12 + 1, 1)
        at_end = stock(connection, min(next_month - timedelta(days=1), report.last_on))
        assert row[9:] == (at_end["valid"], at_end["suspended"])
    per_flow = Counter(flow for flow, *_ in found)
    assert table.rows[-1][1:9] == tuple(per_flow[flow] for flow in FLOWS)
    assert table.rows[-1][9:] == tables(report)["movement"].rows[-1][1:3]
    for name in ("issued", "renewed", "revoked", "cancelled"):
        assert figures(report, name).value == per_flow[name]
        assert (
            figures(report, name).before
            == Counter(flow for flow, *_ in changes(connection, *days_before(report)))[name]
        )
    mart = _rows(
        connection,
        "select sum(issued), sum(renewed), sum(suspended) from marts.fct_monthly_statistics"
        " where body_id = $body and system = 'ITSMS' and month between $first and $last",
        first=report.first_on,
        last=report.last_on,
    )
    assert mart == [tuple(per_flow[flow] for flow in ("issued", "renewed", "suspended"))]


def _check_parts(report: Report, table: Table, connection: Connection, column: str) -> None:
    """By region or scope: the closing stock by the clients' regions, and the scopes as they stand on certificates."""
    expected = dict(
        _rows(
            connection,
            f"""
            with keyed as (
                select intervals.certificate_id, unnest({column}) as key
                from marts.fct_certificate_status_interval as intervals
                inner join staging.stg_certificate as certificates using (certificate_id)
                inner join staging.stg_organization as organizations on intervals.org_id = organizations.org_id
                where intervals.body_id = $body and intervals.system = 'ITSMS'
                    and intervals.status in ('valid', 'suspended')
                    and from_on <= $day and (to_on is null or to_on >= $day)
            )
            select key, count(*) from keyed group by 1""",
            day=report.last_on,
        )
    )
    shown_rows = [row for row in table.rows[:-1] if row[4]]
    assert sorted(row[4] for row in shown_rows) == sorted(expected.values())
    for row in table.rows:
        assert row[1] + row[2] - row[3] == row[4], "opening + came - ended = closing"
    for place in range(1, 6):
        assert sum(row[place] for row in table.rows[:-1]) == table.rows[-1][place]


def check_by_region(report: Report, table: Table, connection: Connection) -> None:
    _check_parts(report, table, connection, "[substr(coalesce(region_code, '未记录'), 1, 2)]")
    movement = tables(report)["movement"]
    assert table.rows[-1][1] == movement.rows[0][3]
    assert table.rows[-1][4] == movement.rows[-1][3]


def check_by_scope(report: Report, table: Table, connection: Connection) -> None:
    _check_parts(report, table, connection, "string_split(coalesce(scope_codes, '未记录'), ';')")
    assert table.rows[-1][4] >= tables(report)["by_region"].rows[-1][4], "several scopes count several times"


def check_by_system(report: Report, table: Table, connection: Connection) -> None:
    assert [row[1:] for row in table.rows if row[0] == "ITSMS"] == [tables(report)["by_region"].rows[-1][1:]]
    days = (report.first_on - timedelta(days=1), report.last_on, days_before(report)[1])
    for row in table.rows:
        system = None if row[0] == "合计" else str(row[0])
        stocks = [stock(connection, day, system) for day in days]
        assert (row[1], row[4], row[5]) == tuple(found["valid"] + found["suspended"] for found in stocks)
        assert row[1] + row[2] - row[3] == row[4]  # type: ignore[operator]
        (came,) = _rows(
            connection,
            "select count(*) from staging.stg_certificate where body_id = $body"
            " and issued_on between $first and $last" + (f" and system = '{system}'" if system else ""),
            first=report.first_on,
            last=report.last_on,
        )[0]
        assert row[2] == came


def _audits(report: Report, connection: Connection, first: date, last: date) -> list[tuple[Any, ...]]:
    return _rows(
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
    for person, day, load in _rows(
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


def _findings(report: Report, connection: Connection) -> list[tuple[Any, ...]]:
    """Findings of the year by the month they count in: a term that is still to come counts in as_of's month."""
    return _rows(
        connection,
        "select rule_id, state, least(anchor_on, $as_of) as day_on from marts.fct_rule_finding"
        " where body_id = $body and least(anchor_on, $as_of) between $first and $last",
        as_of=report.as_of,
        first=report.first_on,
        last=report.last_on,
    )


def check_rules_monthly(report: Report, table: Table, connection: Connection) -> None:
    found = Counter((f"{day:%m} 月", state) for _, state, day in _findings(report, connection))
    for row in table.rows[:-1]:
        assert row[2:] == tuple(found[(row[0], state)] for state in ("breach", "warning", "undetermined"))
    for place in range(1, 5):
        assert sum(row[place] for row in table.rows[:-1]) == table.rows[-1][place]
    assert figures(report, "breaches").value == table.rows[-1][2]


def check_rules_by_clause(report: Report, table: Table, connection: Connection) -> None:
    found = Counter((rule, state) for rule, state, _ in _findings(report, connection))
    before = Counter(
        rule
        for (rule,) in _rows(
            connection,
            "select rule_id from marts.fct_rule_finding where body_id = $body and state = 'breach'"
            " and date_trunc('month', anchor_on) between $first and $last",
            first=days_before(report)[0],
            last=days_before(report)[1],
        )
    )
    judged = Counter(
        dict(
            _rows(
                connection,
                "select rule_id, sum(passed + warning + breach + undetermined)::int from marts.fct_rule_monthly"
                " where body_id = $body and year(month) = $year group by 1",
                year=report.year,
            )
        )
    )
    assert {row[1] for row in table.rows[:-1]} == {*(rule for rule, _ in found), *before}
    for row in table.rows[:-1]:
        assert row[3] == judged[str(row[1])]
        assert row[4:7] == tuple(found[(row[1], state)] for state in ("breach", "warning", "undetermined"))
        assert row[7] == before[str(row[1])]
    for place in range(3, 8):
        assert sum(row[place] for row in table.rows[:-1]) == table.rows[-1][place]


def _links(connection: Connection) -> list[tuple[Any, ...]]:
    return _rows(
        connection,
        "select certificate_id, n, due_on, done_on from marts.fct_surveillance"
        " where body_id = $body and state <> 'not_applicable'",
    )


def check_surveillance_due(report: Report, table: Table, connection: Connection) -> None:
    for place, (first, last) in ((1, (report.first_on, report.last_on)), (2, days_before(report))):
        mine = [(due, done) for _, _, due, done in _links(connection) if first <= due <= last]
        done_by = [(due, done if done and done <= last else None) for due, done in mine]
        expected = (
            len(mine),
            sum(done is not None and done <= due for due, done in mine),
            sum(done is not None and done > due for due, done in done_by),
            sum(done is None and due < last for due, done in done_by if done is None),
            sum(due == last for due, done in done_by if done is None),
        )
        assert tuple(row[place] for row in table.rows) == expected
        assert expected[0] == sum(expected[1:])


def check_overdue_list(report: Report, table: Table, connection: Connection) -> None:
    in_force = {
        row[0]
        for row in _rows(
            connection,
            "select certificate_id from marts.fct_certificate_status_interval where body_id = $body"
            " and status in ('valid', 'suspended') and from_on <= $day and (to_on is null or to_on >= $day)",
            day=report.last_on,
        )
    }
    expected = sorted(
        (report.last_on - due).days
        for certificate, _, due, done in _links(connection)
        if certificate in in_force and due < report.last_on and (done is None or done > report.last_on)
    )[::-1]
    assert table.column("days") == expected[:20]
    assert figures(report, "overdue").value == len(expected)


def check_suspended(report: Report, table: Table, connection: Connection) -> None:
    for place, day in ((1, report.last_on), (2, days_before(report)[1])):
        assert table.rows[0][place] == stock(connection, day)["suspended"]
        assert sum(row[place] for row in table.rows[1:]) == table.rows[0][place]


def check_surveillance_forecast(report: Report, table: Table, connection: Connection) -> None:
    horizon = [
        due for _, _, due, done in _links(connection) if done is None and 0 <= (due - AS_OF).days <= 180
    ]
    assert table.rows[-1][1] == len(horizon) == sum(row[1] for row in table.rows[:-1])  # type: ignore[misc]


def check_complaints(report: Report, table: Table, connection: Connection) -> None:
    found = _rows(
        connection,
        "select complaints.kind, received_on, notified_on from staging.stg_complaint as complaints"
        " left join staging.stg_audit as audits using (audit_id)"
        " where complaints.body_id = $body and (audit_id is null or audits.systems like '%ITSMS%')",
    )
    names = {"申诉": "appeal", "投诉": "complaint"}
    for row in table.rows:
        mine = [
            (received, notified)
            for kind, received, notified in found
            if row[0] in ("合计", *(name for name, code in names.items() if code == kind))
            and report.first_on <= received <= report.last_on
        ]
        answered = [(notified - received).days for received, notified in mine if notified]
        open_days = [(report.as_of - received).days for received, notified in mine if not notified]
        assert row[1:6] == (
            len(mine),
            sum(days <= 60 for days in answered),
            sum(days > 60 for days in answered),
            sum(days > 60 for days in open_days),
            sum(days <= 60 for days in open_days),
        )
        first, last = days_before(report)
        assert row[7] == sum(
            first <= received <= last
            for kind, received, _ in found
            if row[0] in ("合计", *(name for name, code in names.items() if code == kind))
        )
        if answered:
            assert row[6] == pytest.approx(Decimal(sum(answered)) / len(answered), abs=Decimal("0.000001"))


def _persons(connection: Connection) -> list[tuple[Any, ...]]:
    return _rows(
        connection,
        "select person_id, employment, joined_on, left_on from staging.stg_person where body_id = $body",
    )


def _present(persons: list[tuple[Any, ...]], day: date) -> list[tuple[Any, ...]]:
    return [row for row in persons if (row[2] is None or row[2] <= day) and (row[3] is None or row[3] > day)]


def check_people(report: Report, table: Table, connection: Connection) -> None:
    persons = _persons(connection)
    grades: dict[str, list[tuple[Any, ...]]] = {}
    for person, grade, start, end in _rows(
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
    for person, start, end in _rows(
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
    held = _rows(
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
    return _rows(
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
    found = _rows(
        connection,
        "select subject_id from marts.fct_rule_finding where rule_id = 'R3.6-b' and state = 'breach' and body_id = $body",
    )
    assert len(found) == table.column("state").count("不符合")


def check_reporting(report: Report, table: Table, connection: Connection) -> None:
    names = {
        "审核计划": "audit_plan",
        "认证结果": "certification_result",
        "状态变化": "status_change",
        "月度报告": "monthly_report",
        "年度工作报告": "annual_work_report",
        "社会责任报告": "social_responsibility_report",
    }
    found = _rows(
        connection,
        "select kind, due_on, done_on, state from marts.fct_submission_deadline where body_id = $body",
    )
    for row in table.rows:
        mine = [
            (due, done, state)
            for kind, due, done, state in found
            if (row[0] == "合计" or kind == names[str(row[0])])
            and due
            and report.first_on <= due <= report.last_on
        ]
        in_time = sum(done is not None and done <= due for due, done, _ in mine)
        late = sum(done is not None and done > due for due, done, _ in mine)
        missing = sum(done is None and due < AS_OF for due, done, _ in mine)
        assert row[1:5] == (len(mine), in_time, late, missing)
        assert sum(row[2:7]) == row[1]
        decided = in_time + late + missing
        assert row[7] == (Decimal(100 * in_time) / decided if decided else None)
        first, last = days_before(report)
        assert row[8] == sum(
            (row[0] == "合计" or kind == names[str(row[0])]) and due is not None and first <= due <= last
            for kind, due, _, _ in found
        )


def check_quarantine(report: Report, table: Table, connection: Connection) -> None:
    assert not table.rows, "this source breaks no contract"
    assert figures(report, "quarantined").value == 0


def check_checks(report: Report, table: Table, connection: Connection) -> None:
    assert table.rows == (("植入的未通过校验", "提示", 3),)


def check_undetermined(report: Report, table: Table, connection: Connection) -> None:
    (count,) = _rows(
        connection,
        "select count(*) from marts.fct_rule_finding where body_id = $body and state = 'undetermined'",
    )[0]
    assert sum(table.column("findings")) == count  # type: ignore[arg-type]


CHECKS: dict[str, Callable[[Report, Table, Connection], None]] = {
    name.removeprefix("check_"): found for name, found in dict(globals()).items() if name.startswith("check_")
}


@pytest.mark.parametrize("name", sorted(CHECKS))
@pytest.mark.parametrize("year", ["running", "past"])
def test_table_agrees_with_the_records(
    name: str, year: str, request: pytest.FixtureRequest, connection: Connection
) -> None:
    """Breaks when a number of the table is not what the records say."""
    report: Report = request.getfixturevalue(year)
    table = tables(report).get(name)
    if table is None:
        assert year == "past", "only what is known for as_of alone is left out of a past year"
        assert name in ("surveillance_forecast", "scopes", "expiring")
        return
    CHECKS[name](report, table, connection)


def test_a_wrong_number_is_noticed(running: Report, connection: Connection) -> None:
    """The test of the tests: a number of any column of any table, made wrong by one, must fail its table's check."""
    unnoticed = []
    for name, table in tables(running).items():
        for place in sorted({0, len(table.rows) // 2, len(table.rows) - 1} if table.rows else ()):
            for at, value in enumerate(table.rows[place]):
                if isinstance(value, int | Decimal) and not _notices(running, table, place, at, connection):
                    unnoticed.append((name, place, table.columns[at].key))
    assert not unnoticed


def _notices(report: Report, table: Table, place: int, at: int, connection: Connection) -> bool:
    rows = [list(row) for row in table.rows]
    rows[place][at] += 1  # type: ignore[operator]
    wrong = replace(table, rows=tuple(tuple(row) for row in rows))
    chapters = tuple(
        replace(chapter, blocks=tuple(wrong if block is table else block for block in chapter.blocks))
        for chapter in report.chapters
    )
    try:
        CHECKS[table.name](replace(report, chapters=chapters), wrong, connection)
    except AssertionError:
        return True
    return False


def test_every_table_is_checked(running: Report) -> None:
    """Breaks when a table is added without a second counting."""
    assert set(tables(running)) == set(CHECKS)


def test_the_records_have_something_of_everything(running: Report, past: Report) -> None:
    """The checks above would pass on zeros: this fails when the made-up records have become too thin."""
    for report in (running, past):
        for name in (
            "monthly",
            "audits_by_type",
            "rules_by_clause",
            "people",
            "complaints",
            "capacity_monthly",
        ):
            assert any(value for row in tables(report)[name].rows for value in row[1:]), name
    assert figures(running, "overdue").value
    assert figures(running, "breaches").value
    assert tables(running)["complaints"].rows[-1][2:6] == (1, 1, 1, 1) or all(
        tables(running)["complaints"].rows[-1][2:6]
    )


def test_words_and_charts_say_nothing_that_no_table_says(running: Report, past: Report) -> None:
    """Breaks when a number in a sentence, a chart or the summary differs from the tables of its chapter."""
    told = {"stopped"}
    for report in (running, past):
        for chapter in report.chapters:
            known = {
                shown(value)
                for table in chapter.blocks
                if isinstance(table, Table)
                for row in table.rows
                for value in row
            }
            known |= {shown(-value) for table in chapter.blocks if isinstance(table, Table) for row in table.rows
                      for value in row if isinstance(value, int | Decimal)}  # fmt: skip
            figure_values = {shown(figure.value) for figure in chapter.key_figures}
            for block in chapter.blocks:
                if isinstance(block, Figure):
                    assert block.chart.series
                    for series in block.chart.series:
                        assert {shown(value) for value in series.values if value is not None} <= known, (
                            block.name
                        )
                if isinstance(block, Paragraph):
                    loose = {
                        name
                        for name, number in block.numbers.items()
                        if shown(number.value) not in known | figure_values
                    }
                    assert loose <= _STANDING_ALONE | told, (chapter.slug, block.text, loose)


# Numbers that only a sentence has: parameters of the law, and counts too small for a table. Checked below.
_STANDING_ALONE = {
    "terminated", "cancelled", "planned", "days", "limit", "warning", "over", "near", "undated", "valid", "overdue",
    "rows", "held", "failed", "judged",
}  # fmt: skip


def test_sentences_of_their_own(running: Report, connection: Connection) -> None:
    """Breaks when a number that only a sentence has is not what the records say."""
    said = {
        (chapter.slug, name): number.value
        for chapter in running.chapters
        for block in chapter.blocks
        if isinstance(block, Paragraph)
        for name, number in block.numbers.items()
    }
    planned = _rows(
        connection,
        "select count(*), sum(onsite_days) from staging.stg_audit where body_id = $body and status = 'planned'"
        " and systems like '%ITSMS%' and planned_start > $as_of",
        as_of=AS_OF,
    )[0]
    assert (said["audits", "planned"], said["audits", "days"]) == planned
    for status in ("terminated", "cancelled"):
        (count,) = _rows(
            connection,
            "select count(*) from staging.stg_audit where body_id = $body and status = $status"
            " and systems like '%ITSMS%' and planned_start between '2026-01-01' and $as_of",
            as_of=AS_OF,
            status=status,
        )[0]
        assert said["audits", status] == count
    assert (said["workload", "limit"], said["workload", "warning"]) == (180, 160)
    assert said["workload", "over"] == figures(running, "over_limit").value
    overdue = tables(running)["overdue_list"]
    if len(overdue.rows) < 20:
        assert said["surveillance", "overdue"] == len(overdue.rows)
        assert said["surveillance", "valid"] == overdue.column("status").count("有效")
    assert said["capacity", "limit"] == 50
    (rows,) = _rows(connection, "select sum(rows_in) from meta.manifest_table")[0]
    assert (said["caveats", "rows"], said["caveats", "held"], said["caveats", "failed"]) == (rows, 0, 1)


def test_decisions_follow_from_the_findings(running: Report) -> None:
    """Breaks when the summary asks for a decision that no chapter supports, or keeps one back."""
    matters = [(decision.chapter, decision.matter.text) for _, decision in running.decisions]
    breaches = sorted(
        (row[4] for row in tables(running)["rules_by_clause"].rows[:-1] if row[4]), reverse=True
    )  # type: ignore[type-var]
    named = [int(re.findall(r"不符合 (\d+)", text)[0]) for chapter, text in matters if chapter == "rules"]
    assert named == breaches[:5]
    assert any(
        "超过答复期限" in text and "1 件" in text for chapter, text in matters if chapter == "complaints"
    )
    assert len([number for number, _ in running.decisions]) == sum(
        len(chapter.decisions) for chapter in running.chapters
    )


@pytest.mark.parametrize(
    ("figure", "table", "columns"),
    [
        ("stock", "monthly", {"有效": "valid_at_end", "暂停": "suspended_at_end"}),
        ("flows", "monthly", {"初次发证": "issued", "暂停": "suspended"}),
        ("days", "audits_monthly", {"一阶段审核": "stage1", "监督审核": "surveillance"}),
        ("ratio", "capacity_monthly", {"ITSMS 人均有效证书": "ratio"}),
        ("findings", "rules_monthly", {"不符合": "breach"}),
    ],
)
def test_a_chart_shows_the_column_it_names(
    running: Report, figure: str, table: str, columns: dict[str, str]
) -> None:
    """Breaks when a series is drawn from another column of its table."""
    (chart,) = [
        block.chart
        for chapter in running.chapters
        for block in chapter.blocks
        if isinstance(block, Figure) and block.name == figure
    ]
    for series in chart.series:
        if series.name in columns:
            sizes = tuple(None if value is None else abs(value) for value in series.values)
            assert sizes == tables(running)[table].numbers(columns[series.name])
