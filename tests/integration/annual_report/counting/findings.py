"""Findings one by one, surveillance links one by one, complaints from staging."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from reports.annual_report.model import Report, Table
from tests.integration.annual_report.conftest import AS_OF
from tests.integration.annual_report.counting.asking import Connection, days_before, figures, rows_of, stock


def _findings(report: Report, connection: Connection) -> list[tuple[Any, ...]]:
    """Findings of the year by the month they count in: a term that is still to come counts in as_of's month."""
    return rows_of(
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
        for (rule,) in rows_of(
            connection,
            "select rule_id from marts.fct_rule_finding where body_id = $body and state = 'breach'"
            " and date_trunc('month', anchor_on) between $first and $last",
            first=days_before(report)[0],
            last=days_before(report)[1],
        )
    )
    judged = Counter(
        dict(
            rows_of(
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
    return rows_of(
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
        for row in rows_of(
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
    found = rows_of(
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
