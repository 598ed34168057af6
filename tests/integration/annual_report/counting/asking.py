"""What every second counting uses: tables by name, the days of the year before, certificates by status on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import duckdb

from reports.annual_report.model import Report, Table
from tests.integration.annual_report.conftest import BODY

Connection = duckdb.DuckDBPyConnection


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


def rows_of(connection: Connection, query: str, **values: Any) -> list[tuple[Any, ...]]:
    return connection.execute(query, {"body": BODY, **values} if "$body" in query else values).fetchall()


def stock(connection: Connection, day: date, system: str | None = "ITSMS") -> Counter[str]:
    """Status of every certificate on a day, from the intervals."""
    return Counter(
        dict(
            rows_of(
                connection,
                "select status, count(*) from marts.fct_certificate_status_interval where body_id = $body"
                " and from_on <= $day and (to_on is null or to_on >= $day)"
                + (f" and system = '{system}'" if system else "")
                + " group by 1",
                day=day,
            )
        )
    )
