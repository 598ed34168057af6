"""A system's own tables, as a mapping's SELECT reads them. A failure means that what words cannot say (which rows count,
deleted = 1) cannot be said in SQL either, or that all of a large database is fetched for it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pytest

from ingestion.errors import SourceRefused
from ingestion.mapping import load_mapping
from ingestion.sources.database.source import Selects, open_database
from tests.support.small_source import small_source
from tests.unit.ingestion.test_databases import write_sqlite

SCRIPT = """
create table sp_certificate(id integer primary key, certno text, s_date text, first_date text, deleted integer, extra blob);
insert into sp_certificate values
    (401, '134-2024-ITSMS-0004-R0-M', '2024-06-26 08:30:00', '0000-00-00', 0, x'ff'),
    (403, '134-2024-ITSMS-0099-R0-M', '2024-06-26', null, 1, null);
create table sp_log(line text);
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    tables = small_source()
    del tables["certificate"]
    url = write_sqlite(tmp_path / "cb.sqlite", tables)
    with sqlite3.connect(tmp_path / "cb.sqlite") as connection:
        connection.executescript(SCRIPT)
    connection.close()
    return url


def test_a_select_reads_the_rows_that_count(database: str, tmp_path: Path) -> None:
    selects = Selects(gives=frozenset({"certificate"}), needs=("SP_CERTIFICATE",))
    source = open_database(database, load_mapping(), tmp_path, selects)
    (own,) = source.own
    assert own.name == "sp_certificate"
    assert own.file in source.files, "what it held is part of the batch's identity"
    assert "certificate" not in {part.table.name for part in source.parts}
    with duckdb.connect() as connection:
        connection.execute(f"create view sp_certificate as from read_parquet('{own.path}')")
        rows = connection.execute(
            "select id, certno, s_date, first_date from sp_certificate where deleted = 0"
        ).fetchall()
    assert rows == [("401", "134-2024-ITSMS-0004-R0-M", "2024-06-26 08:30:00", "0000-00-00")]
    assert "sp_log" in source.unknown
    assert not list(tmp_path.glob("*sp_log*"))


def test_a_table_that_is_not_there_is_named(database: str, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="sp_missing"):
        open_database(
            database, load_mapping(), tmp_path, Selects(frozenset({"certificate"}), ("sp_missing",))
        )


def test_a_column_that_says_deleted_and_is_left_out_is_warned_about(tmp_path: Path) -> None:
    url = write_sqlite(tmp_path / "cb.sqlite", small_source())
    with sqlite3.connect(tmp_path / "cb.sqlite") as connection:
        connection.execute("alter table certificate add deleted integer")
    connection.close()
    source = open_database(url, load_mapping(), tmp_path)
    part = next(part for part in source.parts if part.table.name == "certificate")
    with duckdb.connect() as connection:
        extract = part.load(connection, "raw_certificate", tmp_path)
    assert [(fate.name, fate.warns) for fate in extract.fates] == [("deleted", True)]
