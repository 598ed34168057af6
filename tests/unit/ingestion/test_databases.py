"""Databases as a source, with the two that need no server. A failure means that the same content would land
differently than from files, that a changed order of rows would make another batch, or that a password would
leak."""

from __future__ import annotations

import datetime as dt
import sqlite3
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from ingestion.errors import SourceRefused
from ingestion.landing import land
from ingestion.sources.database.values import text_array
from tests.support.small_source import Tables, headings, landed, losses, small_source, write_source


def write_sqlite(path: Path, tables: Tables) -> str:
    with sqlite3.connect(path) as connection:
        for table, rows in tables.items():
            names = headings(table)
            connection.execute(f"create table {table} ({', '.join(names)})")
            marks = ", ".join("?" * len(names))
            values = [[row.get(name) for name in names] for row in rows]
            connection.executemany(f"insert into {table} values ({marks})", values)
    connection.close()
    return f"sqlite:///{path}"


def backwards(tables: Tables) -> Tables:
    return {table: rows[::-1] for table, rows in tables.items()}


def test_a_database_lands_as_files_do(tmp_path: Path) -> None:
    files = land(str(write_source(tmp_path / "s")), tmp_path / "home")
    database = land(write_sqlite(tmp_path / "a.sqlite", small_source()), tmp_path / "home")
    assert losses(database) == []
    for table in small_source():
        assert [{**row, "_source_row": 0} for row in landed(database, table)] == [
            {**row, "_source_row": 0} for row in landed(files, table)
        ]


def test_the_order_of_rows_makes_no_other_batch_and_their_content_does(tmp_path: Path) -> None:
    first = land(write_sqlite(tmp_path / "a.sqlite", small_source()), tmp_path / "home")
    second = land(write_sqlite(tmp_path / "b.sqlite", backwards(small_source())), tmp_path / "home")
    changed = small_source()
    changed["audit"][0]["total_days"] = "7"
    third = land(write_sqlite(tmp_path / "c.sqlite", changed), tmp_path / "home")
    assert first.batch_id == second.batch_id != third.batch_id


def test_typed_columns_and_views(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        for table in small_source():
            connection.execute(f"create table src_{table} as from read_csv('{folder}/{table}.csv')")
            connection.execute(f"create view {table} as from src_{table}")
        connection.execute("create table 审核 (x int)")
    batch = land(f"duckdb:///{tmp_path / 'a.duckdb'}", tmp_path / "home")
    assert losses(batch) == []
    assert landed(batch, "audit")[0]["total_days"] == Decimal("6.5")
    assert "审核" in batch.manifest["unknown_files"]


def test_driver_values_become_text_in_the_contracts_form() -> None:
    values = [
        True,
        3,
        2.5,
        4.0,
        Decimal("1.50"),
        dt.date(2026, 3, 5),
        dt.datetime(2026, 3, 5),
        b"x",
        ["a", "b"],
        None,
    ]
    assert text_array(values).to_pylist() == [
        "true", "3", "2.5", "4", "1.50", "2026-03-05", "2026-03-05 00:00:00", "x", "a;b", None,
    ]  # fmt: skip
    assert text_array([dt.date(2026, 3, 5), None]).to_pylist() == ["2026-03-05", None]
    assert text_array([True, None, False]).to_pylist() == ["true", None, "false"]
    assert text_array([None, None]).type == pa.string()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////nowhere/a.sqlite", "there is no such file"),
        ("sqlite://nonsense:secret@@", "URL"),
        ("unheardof://user:secret@host/db", "driver"),
        ("postgresql+psycopg://user:secret@127.0.0.1:1/db?connect_timeout=2", "127.0.0.1"),
    ],
)
def test_a_database_out_of_reach_is_refused_without_its_password(tmp_path: Path, url: str, told: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        land(url, tmp_path / "home")
    assert told in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    tables = small_source()
    del tables["certificate"]
    with pytest.raises(SourceRefused, match=r"certificate \(认证证书\) is missing"):
        land(write_sqlite(tmp_path / "a.sqlite", tables), tmp_path / "home")
