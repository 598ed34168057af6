"""A checked candidate becomes the file that is sealed: written anew, smaller, and without what nobody may find in it.

A column that is dropped stays in the file until its place is used again; so the whole file is copied.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from dagster_project.warehouse.database import connect
from dagster_project.warehouse.descriptions import Descriptions, write_comments
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.soundness import write_ahead_log
from ingestion import sql
from ingestion.contract import contract
from ingestion.placing import sync

_KEPT_NAMES = {("person", "name")}
"""Personal columns of the staging tables that pages read. The others stand only in the rows of the forms."""

_SMALL_FILE = 512 * 1024 * 1024
_SMALL_BLOCK, _LARGE_BLOCK = 16 * 1024, 256 * 1024
"""DuckDB gives every column a block at least: with its usual 256 KB most of a small body's file is empty."""


def finish(home: Home, candidate: Path, descriptions: Descriptions) -> Path:
    """The finished file, with its comments, beside the candidate, which is removed."""
    finished = candidate.with_name("finished.duckdb")
    block = _SMALL_BLOCK if candidate.stat().st_size < _SMALL_FILE else _LARGE_BLOCK
    with connect(candidate, home.scratch) as connection:
        connection.execute("pragma disable_checkpoint_on_shutdown")  # the candidate is thrown away
        _drop_personal_columns(connection)
        connection.execute(
            f"attach {sql.text(str(finished))} as finished (block_size {block}, recovery_mode no_wal_writes)"
        )
        connection.execute(f"copy from database {sql.name(candidate.stem)} to finished")
        write_comments(connection, "finished", descriptions)
        connection.execute("checkpoint finished")
    candidate.unlink()
    write_ahead_log(candidate).unlink(missing_ok=True)
    sync(finished)
    return finished


def _drop_personal_columns(connection: duckdb.DuckDBPyConnection) -> None:
    present = {
        (table, column)
        for table, column in connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'staging'"
        ).fetchall()
    }
    for table in contract().tables.values():
        for column in table.columns:
            if (
                column.pii
                and (table.name, column.name) not in _KEPT_NAMES
                and (f"stg_{table.name}", column.name) in present
            ):
                connection.execute(
                    f"alter table staging.stg_{table.name} drop column {sql.name(column.name)}"
                )
