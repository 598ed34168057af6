"""Schema `meta`: what the published file says about itself.

Landing counts, quarantined rows, repairs and check results travel inside the warehouse, so that a reader of
the file sees what it was made of without the home directory. No clock time is written: a rerun gives the
same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from dagster_project.warehouse.version import PROGRAM, SCHEMA
from expectations.outcome import Outcome, Severity, Status
from ingestion import sql
from ingestion.landing.batch import FATES
from ingestion.sources.fates import Fate

if TYPE_CHECKING:
    from dagster_project.warehouse.models import Model

_RECORDS_KEPT = 1000


def write_landing(connection: duckdb.DuckDBPyConnection, batch: Path, manifest: dict[str, Any]) -> None:
    """What became of files, rows and cells, from a landing batch.

    meta.manifest_file   one row per file or sheet that rows came from
    meta.manifest_table  one row per table: rows_in = landed + set_aside + merged; quarantined = set_aside + merged
    meta.fate            one row per row or cell that was not taken as it stood (repairs: examples; `cells` adds up)
    meta.source_fate     one row per folder, file, sheet, heading and line that is no record
    meta.acceptance      one row per table or column of which too much is missing in a load that was accepted all the
                         same, with the reason that was given; none in a load that is whole
    meta.quarantine      of meta.fate: rows that were not taken, cells that were emptied, required cells without content
    meta.repair          of meta.fate: repaired cells
    """
    connection.execute("create schema if not exists meta")
    connection.execute(
        "create table meta.manifest_file (position bigint, file varchar, table_name varchar, row_count bigint,"
        " byte_count bigint, sha256 varchar)"
    )
    files = [
        (position, file["name"], file["table"], file["rows"], file["bytes"], file["sha256"])
        for position, file in enumerate(manifest["files"], start=1)
    ]
    if files:
        connection.executemany("insert into meta.manifest_file values (?, ?, ?, ?, ?, ?)", files)
    connection.execute(
        "create table meta.manifest_table (table_name varchar, rows_in bigint, landed bigint, quarantined bigint,"
        " set_aside bigint, merged bigint, stubs bigint, emptied bigint, missing bigint)"
    )
    counts = [
        (
            table, entry["rows_in"], entry["landed"], entry["set_aside"] + entry["merged"], entry["set_aside"],
            entry["merged"], entry["stubs"], sum(entry["emptied"].values()), sum(entry["missing"].values()),
        )
        for table, entry in sorted(manifest["tables"].items())
    ]  # fmt: skip
    if counts:
        connection.executemany("insert into meta.manifest_table values (?, ?, ?, ?, ?, ?, ?, ?, ?)", counts)
    _write_acceptance(connection, manifest.get("acceptance"))
    _write_fates(connection, batch, manifest)


def _write_acceptance(connection: duckdb.DuckDBPyConnection, acceptance: dict[str, Any] | None) -> None:
    connection.execute(
        "create table meta.acceptance (position bigint, kind varchar, table_name varchar, column_name varchar,"
        " reason varchar, message varchar, message_zh varchar)"
    )
    rows = [
        (
            position, one["kind"], one["table"], one["column"], acceptance["reason"], one["message"],
            one["message_zh"],
        )
        for acceptance in ([acceptance] if acceptance else [])
        for position, one in enumerate(acceptance["shortfalls"], start=1)
    ]  # fmt: skip
    if rows:
        connection.executemany("insert into meta.acceptance values (?, ?, ?, ?, ?, ?, ?)", rows)


def _write_fates(connection: duckdb.DuckDBPyConnection, batch: Path, manifest: dict[str, Any]) -> None:
    connection.execute(f"create table meta.fate as from {sql.parquet(batch / FATES)}")
    connection.execute(
        "create table meta.quarantine as select table_name, source_file, source_row, column_name, reason, raw_value,"
        " row_key, message, message_zh, fate from meta.fate where fate in ('set_aside', 'merged', 'emptied', 'missing')"
    )
    connection.execute(
        'create table meta.repair as select table_name, source_row as line, column_name as "column", reason as kind,'
        " raw_value as raw from meta.fate where fate = 'repaired'"
    )
    connection.execute(
        "create table meta.source_fate (position bigint, subject varchar, file varchar, sheet varchar, line bigint,"
        " name varchar, table_name varchar, outcome varchar, reason varchar, row_count bigint, warns boolean,"
        " message varchar, message_zh varchar)"
    )
    found = [Fate(**entry) for entry in manifest["fates"]]
    rows = [
        (
            position, fate.subject, fate.file, fate.sheet, fate.line, fate.name, fate.table, fate.outcome,
            fate.reason, fate.rows, fate.warns, fate.message, fate.message_zh,
        )
        for position, fate in enumerate(found, start=1)
    ]  # fmt: skip
    if rows:
        connection.executemany(f"insert into meta.source_fate values ({', '.join('?' * 13)})", rows)


def write_calendar(connection: duckdb.DuckDBPyConnection) -> None:
    """meta.calendar_year: the years whose working days are known, and from where. Call while inputs are attached."""
    connection.execute(
        "create table meta.calendar_year as"
        " select cast(extract(year from day) as integer) as year, count(*) as days,"
        " count(*) filter (where is_working) as working_days, string_agg(distinct source, ';' order by source) as sources"
        " from reference.working_day group by 1 order by 1"
    )


def write_lineage(connection: duckdb.DuckDBPyConnection, catalogue: Sequence[Model]) -> None:
    """meta.lineage: what is made from what, one row per node; sources and seeds (schema.table) have no parents.

    layer       schema of the node: raw, reference, seeds, staging, intermediate, rules, marts, submissions
    depends_on  names of the parents, joined by ';'
    """
    connection.execute(
        "create table meta.lineage (node varchar, layer varchar, rule_id varchar, description varchar,"
        " depends_on varchar)"
    )
    inputs = sorted({name for model in catalogue for name in model.inputs})
    rows: list[tuple[str, str, str | None, str | None, str | None]] = [
        (name, name.partition(".")[0], None, None, None) for name in inputs
    ]
    rows += [
        (
            model.name,
            model.layer,
            model.rule_id or None,
            " ".join(model.description.split()),
            ";".join(sorted({*model.inputs, *model.depends_on})) or None,
        )
        for model in catalogue
    ]
    if rows:
        connection.executemany("insert into meta.lineage values (?, ?, ?, ?, ?)", rows)


def write_rule_sql(connection: duckdb.DuckDBPyConnection, rule_sql: dict[str, str]) -> None:
    """meta.rule_sql: the SQL that each rule was judged with, for whoever asks how a subject was judged."""
    connection.execute("create table meta.rule_sql (rule_id varchar, sql varchar)")
    if rule_sql:
        connection.executemany("insert into meta.rule_sql values (?, ?)", sorted(rule_sql.items()))


def write_outcomes(connection: duckdb.DuckDBPyConnection, outcomes: list[Outcome]) -> None:
    """meta.check_result, one row per expectation, the gravest first, and meta.check_record, the records that it names."""
    connection.execute(
        "create or replace table meta.check_result (position integer, suite varchar, check_name varchar,"
        " severity varchar, status varchar, observed bigint, detail_zh varchar)"
    )
    connection.execute(
        "create or replace table meta.check_record (suite varchar, check_name varchar, record_key varchar, detail_zh varchar)"
    )
    rows = [
        (position, o.suite, o.name, o.severity.value, o.status.value, o.observed, o.detail_zh)
        for position, o in enumerate(sorted(outcomes, key=_gravity), start=1)
    ]
    records = [(o.suite, o.name, key, o.detail_zh) for o in outcomes for key in o.records[:_RECORDS_KEPT]]
    if rows:
        connection.executemany("insert into meta.check_result values (?, ?, ?, ?, ?, ?, ?)", rows)
    if records:
        connection.executemany("insert into meta.check_record values (?, ?, ?, ?)", records)


def _gravity(outcome: Outcome) -> tuple[int, int, str, str]:
    """What could not be found out stands before what failed, and what blocks before what warns."""
    status = (Status.ERROR, Status.FAIL, Status.PASS).index(outcome.status)
    severity = (Severity.BLOCKING, Severity.WARNING).index(outcome.severity)
    return status, severity, outcome.suite, outcome.name


def write_program(connection: duckdb.DuckDBPyConnection) -> None:
    """meta.program: which certhouse made the file, and in which shape; one row."""
    connection.execute(
        "create or replace table meta.program (program_version varchar, schema_version integer)"
    )
    connection.execute("insert into meta.program values (?, ?)", [PROGRAM, SCHEMA])
