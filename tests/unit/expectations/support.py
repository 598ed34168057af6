"""A small warehouse file, and what the real Great Expectations says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.outcome import Check, Status
from expectations.runner import run_checks


@dataclass(frozen=True)
class Warehouse:
    """A file that is open only while something is written into it, as a candidate is when it is checked."""

    path: Path

    def execute(self, *statements: str) -> None:
        with duckdb.connect(str(self.path)) as connection:
            for statement in statements:
                connection.execute(statement)

    def insert(self, table: str, *rows: dict[str, object]) -> None:
        """Rows of the same columns."""
        names, marks = ", ".join(rows[0]), ", ".join("?" for _ in rows[0])
        with duckdb.connect(str(self.path)) as connection:
            connection.executemany(
                f"insert into {table} ({names}) values ({marks})", [list(row.values()) for row in rows]
            )


def failing(warehouse: Warehouse, checks: Sequence[Check]) -> dict[str, list[str]]:
    """The checks that fail, with the records that they name. None may be in error."""
    outcomes = run_checks(warehouse.path, checks)
    errors = [outcome.detail_zh for outcome in outcomes if outcome.status is Status.ERROR]
    assert errors == []
    return {outcome.name: list(outcome.records) for outcome in outcomes if outcome.status is Status.FAIL}


def found(warehouse: Warehouse, check: Check) -> list[str]:
    """Keys of the rows that the check names."""
    return failing(warehouse, [check]).get(check.name, [])


def named(checks: Sequence[Check], name: str) -> Check:
    """The check of that name. Raises StopIteration if there is none."""
    return next(check for check in checks if check.name == name)
