"""Run a check's SQL in DuckDB alone: what the check finds, without what finds it."""

from __future__ import annotations

import duckdb

from expectations.outcome import Check


def found(connection: duckdb.DuckDBPyConnection, check: Check) -> list[str]:
    """Keys of the rows that the check selects, as Great Expectations would run it."""
    sql = check.sql.replace("{batch}", f"(select * from {check.table} where true) as subselect")
    return sorted(
        str(row[0]) for row in connection.execute(f"select record from ({sql}) as unexpected").fetchall()
    )


def named(checks: list[Check], name: str) -> Check:
    """The check of that name. Raises StopIteration if there is none."""
    return next(check for check in checks if check.name == name)
