"""The suites: which checks there are. Data and SQL only; Great Expectations is not imported here."""

from __future__ import annotations

from pathlib import Path

import duckdb

from expectations.outcome import Check
from expectations.suites import raw
from expectations.suites.files import suite_checks


def all_checks(database: Path) -> list[Check]:
    """Every check of every suite, for a file that says how many rows were landed."""
    with duckdb.connect(str(database), read_only=True) as connection:
        counted = connection.execute("select table_name, landed, stubs from meta.manifest_table").fetchall()
    landed = {table: raw.Landed(rows, stubs) for table, rows, stubs in counted}
    return [*raw.checks(landed), *suite_checks("marts"), *suite_checks("submissions")]
