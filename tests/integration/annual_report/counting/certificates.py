"""Certificates: stock and flows, read off the status intervals."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from reports.annual_report.model import Report, Table
from tests.integration.annual_report.counting.asking import (
    Connection,
    days_before,
    figures,
    rows_of,
    stock,
    tables,
)

FLOWS = ("issued", "renewed", "restored", "suspended", "revoked", "cancelled", "expired", "superseded")


def changes(connection: Connection, first: date, last: date) -> list[tuple[str, date, str, str | None]]:
    """(flow, day, status, status before) of ITSMS certificates, read off the intervals in Python."""
    found = []
    previous: tuple[Any, ...] | None = None
    renewals = {
        row[0]
        for row in rows_of(
            connection,
            "select certificate_id from staging.stg_certificate where previous_certificate_id is not null",
        )
    }
    for row in rows_of(
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
    mart = rows_of(
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
        rows_of(
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
        (came,) = rows_of(
            connection,
            "select count(*) from staging.stg_certificate where body_id = $body"
            " and issued_on between $first and $last" + (f" and system = '{system}'" if system else ""),
            first=report.first_on,
            last=report.last_on,
        )[0]
        assert row[2] == came
