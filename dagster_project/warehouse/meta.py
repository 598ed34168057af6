"""Schema `meta`: what the published file says about itself.

Landing counts, quarantined rows, repairs and check results travel inside the warehouse, so that a reader of
the file sees what it was made of without the home directory. No clock time is written: a rerun gives the
same rows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from expectations.outcome import Outcome

_RECORDS_KEPT = 1000


def write_landing(connection: duckdb.DuckDBPyConnection, batch: Path, manifest: dict[str, Any]) -> None:
    """meta.manifest_table, meta.quarantine and meta.repair from a landing batch."""
    connection.execute("create schema if not exists meta")
    connection.execute(
        "create table meta.manifest_table"
        " (table_name varchar, rows_in bigint, landed bigint, quarantined bigint)"
    )
    counts = [
        (table, entry["rows_in"], entry["landed"], entry["quarantined"])
        for table, entry in sorted(manifest["tables"].items())
    ]
    if counts:
        connection.executemany("insert into meta.manifest_table values (?, ?, ?, ?)", counts)
    for table, file in (("quarantine", "quarantine.parquet"), ("repair", "repairs.parquet")):
        connection.execute(f"create table meta.{table} as from read_parquet(?)", [str(batch / file)])


def write_rule_sql(connection: duckdb.DuckDBPyConnection, rule_sql: dict[str, str]) -> None:
    """meta.rule_sql: the SQL that each rule was judged with, for whoever asks how a subject was judged."""
    connection.execute("create table meta.rule_sql (rule_id varchar, sql varchar)")
    if rule_sql:
        connection.executemany("insert into meta.rule_sql values (?, ?)", sorted(rule_sql.items()))


def write_outcomes(connection: duckdb.DuckDBPyConnection, outcomes: list[Outcome]) -> None:
    """meta.check_result, one row per expectation, and meta.check_record, the keys of the records it names."""
    connection.execute(
        "create or replace table meta.check_result (suite varchar, check_name varchar, rule_id varchar,"
        " severity varchar, status varchar, observed bigint, detail_zh varchar)"
    )
    connection.execute(
        "create or replace table meta.check_record (suite varchar, check_name varchar, record_key varchar)"
    )
    rows = [
        (o.suite, o.name, o.rule_id, o.severity.value, o.status.value, o.observed, o.detail_zh)
        for o in outcomes
    ]
    records = [(o.suite, o.name, key) for o in outcomes for key in o.records[:_RECORDS_KEPT]]
    if rows:
        connection.executemany("insert into meta.check_result values (?, ?, ?, ?, ?, ?, ?)", rows)
    if records:
        connection.executemany("insert into meta.check_record values (?, ?, ?)", records)
