"""A body's MySQL or MariaDB database as the source, on a real MariaDB server.

A failure means that what such systems write (bit(1), 0000-00-00, JSON, bytes) would be read as something else, that a
landing would see half of another system's changes, or could change what it reads.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingestion.contract import contract
from ingestion.errors import SourceRefused
from ingestion.landing import land
from ingestion.mapping import load_mapping
from ingestion.sources import open_source
from ingestion.sources.database.connecting import find, snapshot
from ingestion.unreadable import unreadable
from tests.support.mariadb_server import PASSWORD
from tests.support.raw_cells import raw_cells
from tests.support.small_source import Tables, landed, losses, small_source, write_source

pytestmark = pytest.mark.mariadb

TYPES = {
    "text": "varchar(200)", "date": "date", "int": "int", "dec": "decimal(12, 4)", "bool": "bit(1)",
    "list": "varchar(400)", "time": "time",
}  # fmt: skip


def run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("set sql_mode = 'ANSI_QUOTES'")
        for statement in statements:
            connection.exec_driver_sql(statement.replace("%", "%%"))
    engine.dispose()


def fill(url: str, tables: Tables) -> None:
    """Typed tables, as a real system has them: booleans are bit(1)."""
    statements = []
    for name, rows in tables.items():
        columns = contract().tables[name].columns
        types = ", ".join(f'"{column.name}" {TYPES[column.type]}' for column in columns)
        statements.append(f'create table "{name}" ({types}) character set utf8mb4')
        for row in rows:
            values = {key: value for key, value in row.items() if value}
            texts = ", ".join(
                (f"({value})" if contract().tables[name].column(key).type == "bool" else f"'{value}'")
                for key, value in values.items()
            )
            names = ", ".join(f'"{key}"' for key in values)
            statements.append(f'insert into "{name}" ({names}) values ({texts})')
    run(url, *statements)


def test_typed_tables_land_as_files_do(mariadb: str, tmp_path: Path) -> None:
    fill(mariadb, small_source())
    files = land(str(write_source(tmp_path / "s")), tmp_path / "home")
    database = land(mariadb, tmp_path / "home")
    assert losses(database) == []
    for table in small_source():
        assert [{**row, "_source_row": 0} for row in landed(database, table)] == [
            {**row, "_source_row": 0} for row in landed(files, table)
        ]


def test_values_of_its_own_kinds(mariadb: str, tmp_path: Path) -> None:
    """0000-00-00 is no day, a bit a boolean, a moment the local one; JSON lists are lists, objects unreadable."""
    fill(mariadb, small_source())
    run(
        mariadb,
        'update certificate set scope_text = \'{"a": 1}\', scope_codes = \'["33.02", "33.03"]\'',
        "alter table certificate modify first_certified_on datetime, modify scope_text json, modify scope_codes json,"
        ' add "百分比%s" int, modify standard varbinary(20)',
        "update certificate set first_certified_on = '0000-00-00 00:00:00', standard = x'ff00ff'",
        "alter table certificate modify issued_on timestamp null default null",
        "set time_zone = '+00:00'",
        "update certificate set issued_on = '2026-06-07 16:30:00' where certificate_id = 'C1'",
    )
    cells = raw_cells(mariadb, "certificate", tmp_path)
    row = next(row for row in cells if row["certificate_id"] == "C1")
    assert row["first_certified_on"] == "0000-00-00 00:00:00"
    assert row["issued_on"] == "2026-06-08 00:30:00"
    assert row["accredited"] in ("true", "false")
    assert row["scope_text"] == unreadable("nested_value", '{"a": 1}')
    assert row["scope_codes"] == "33.02;33.03"
    assert row["standard"] == unreadable("binary_value", "0xff00ff")
    batch = land(mariadb, tmp_path / "home")
    landed_row = next(row for row in landed(batch, "certificate") if row["certificate_id"] == "C1")
    assert landed_row["issued_on"] == date(2026, 6, 8)
    assert landed_row["first_certified_on"] is None
    assert landed_row["scope_text"] is None
    emptied = {
        (row["table_name"], row["row_key"], row["column_name"], row["reason"]) for row in losses(batch)
    }
    assert {
        ("certificate", "C1", "scope_text", "nested_value"),
        ("certificate", "C1", "standard", "binary_value"),
    } < emptied


def test_all_tables_are_seen_as_of_one_moment(mariadb: str, tmp_path: Path) -> None:
    """Another system deletes the audits, and what hangs on them, after the first table was read."""
    fill(mariadb, small_source())
    deleted = False

    @sa.event.listens_for(sa.Engine, "after_cursor_execute")
    def delete(_c: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal deleted
        if not deleted and "from `certification_body`" in statement:
            deleted = True
            run(mariadb, "delete from audit_assignment", "delete from audit")

    try:
        batch = land(mariadb, tmp_path / "home")
    finally:
        sa.event.remove(sa.Engine, "after_cursor_execute", delete)
    assert deleted
    assert batch.manifest["tables"]["audit"]["landed"] == 2
    assert batch.manifest["tables"]["audit_assignment"]["landed"] == 2


def test_nothing_can_be_changed_through_the_connection(mariadb: str) -> None:
    fill(mariadb, small_source())
    with snapshot(find(mariadb)) as connection:
        with pytest.raises(sa.exc.DBAPIError, match="READ ONLY"):
            connection.exec_driver_sql("delete from certificate")
        (seconds,) = connection.exec_driver_sql("select @@max_statement_time").one()
        assert seconds == 1800


def test_a_table_of_another_schema_is_read_where_the_mapping_names_it(mariadb: str, tmp_path: Path) -> None:
    fill(mariadb, small_source())
    other = f"{mariadb.rpartition('/')[2]}_archive"
    run(mariadb, f"create database {other}", f'create table {other}."审核%" as select * from audit',
        "drop table audit")  # fmt: skip
    mapping = tmp_path / "map.yml"
    mapping.write_text(f"tables: {{audit: ['{other}.审核%']}}\n", encoding="utf-8")
    assert len(landed(land(mariadb, tmp_path / "home", mapping=mapping), "audit")) == 2
    with pytest.raises(SourceRefused, match="audit"):
        open_source(mariadb, load_mapping(), tmp_path)
    run(mariadb, f"drop database {other}")


def test_no_password_comes_to_light(mariadb: str, tmp_path: Path) -> None:
    fill(mariadb, small_source())
    told: list[str] = []
    batch = land(mariadb, tmp_path / "home", progress=told.append)
    assert PASSWORD not in json.dumps(batch.manifest) + "".join(told)
    wrong = mariadb.replace(PASSWORD, "wrong-password")
    with pytest.raises(SourceRefused, match="Access denied") as refused:
        land(wrong, tmp_path / "home2")
    assert "wrong-password" not in f"{refused.value}{refused.value.zh}"
