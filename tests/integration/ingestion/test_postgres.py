"""A body's PostgreSQL database as the source, on a real server.

A failure means that a database would land differently than the same records in files, that a landing under
way would see half of another system's changes, or that a password would come to light.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingestion.check import check
from ingestion.contract import contract
from ingestion.errors import SourceRefused
from ingestion.landing import land
from ingestion.sources.database.connecting import find, snapshot
from ingestion.unreadable import unreadable
from tests.integration.ingestion.conftest import PASSWORD
from tests.support.raw_cells import raw_cells
from tests.support.small_source import Tables, landed, losses, small_source, write_source

pytestmark = pytest.mark.postgres

TYPES = {
    "text": "text",
    "date": "date",
    "int": "integer",
    "dec": "numeric(12, 4)",
    "bool": "boolean",
    "list": "text[]",
}


def fill(url: str, tables: Tables, schema: str = "public") -> None:
    """Typed tables, as a real system has them."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for name, rows in tables.items():
            columns = contract().tables[name].columns
            types = ", ".join(f"{column.name} {TYPES[column.type]}" for column in columns)
            connection.execute(sa.text(f"create table {schema}.{name} ({types})"))
            for row in rows:
                values = {
                    column.name: (row[column.name].split(";") if column.type == "list" else row[column.name])
                    for column in columns
                    if row.get(column.name)
                }
                casts = ", ".join(
                    f"cast(:{key} as {TYPES[contract().tables[name].column(key).type]})" for key in values
                )
                connection.execute(
                    sa.text(f"insert into {schema}.{name} ({', '.join(values)}) values ({casts})"), values
                )
    engine.dispose()


def run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def test_typed_tables_land_as_files_do(postgres: str, tmp_path: Path) -> None:
    fill(postgres, small_source())
    files = land(str(write_source(tmp_path / "s")), tmp_path / "home")
    database = land(postgres, tmp_path / "home")
    assert losses(database) == []
    for table in small_source():
        assert [{**row, "_source_row": 0} for row in landed(database, table)] == [
            {**row, "_source_row": 0} for row in landed(files, table)
        ]
    assert landed(database, "audit")[0]["total_days"] == Decimal("6.5")
    assert landed(database, "certificate")[0]["issued_on"] == date(2026, 6, 8)


def test_the_same_content_is_the_same_batch_in_any_physical_order(postgres: str, tmp_path: Path) -> None:
    fill(postgres, small_source())
    first = land(postgres, tmp_path / "home")
    run(postgres, "create table spare as select * from audit order by audit_id desc", "drop table audit",
        "alter table spare rename to audit")  # fmt: skip
    told: list[str] = []
    second = land(postgres, tmp_path / "home", progress=told.append)
    assert second == first
    assert "already landed" in told[-1]
    run(postgres, "update audit set total_days = 7 where audit_id = 'A1'")
    assert land(postgres, tmp_path / "home").batch_id != first.batch_id


def test_views_over_chinese_tables(postgres: str, tmp_path: Path) -> None:
    fill(postgres, small_source())
    run(
        postgres,
        'alter table complaint rename to "投诉台账"',
        'alter table "投诉台账" rename column received_on to "收到日期"',
        'create view complaint as select complaint_id, body_id, kind, "收到日期" as received_on '
        'from "投诉台账"',
        'create materialized view "内审" as select * from internal_audit',
    )
    batch = land(postgres, tmp_path / "home")
    assert landed(batch, "complaint")[0]["received_on"] == date(2026, 7, 1)
    assert batch.manifest["unknown_files"] == ["内审", "投诉台账"]


def test_bad_rows_and_cells_are_listed(postgres: str, tmp_path: Path) -> None:
    fill(postgres, small_source())
    run(postgres, "insert into internal_audit values ('I1', 'B1', '2026-01-01'), ('I2', 'B9', '1930-01-01')")
    found = {(row["row_key"], row["reason"]) for row in losses(land(postgres, tmp_path / "home"))}
    assert found == {("I1", "duplicate_key"), ("I2", "date_out_of_range")}
    assert check(postgres).tables["internal_audit"].set_aside == 2


def test_all_tables_are_seen_as_of_one_moment(postgres: str, tmp_path: Path) -> None:
    """Another system deletes the audits, and what hangs on them, after the first table was read."""
    fill(postgres, small_source())
    deleted = False

    @sa.event.listens_for(sa.Engine, "after_cursor_execute")
    def delete(_c: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal deleted
        if not deleted and 'from "certification_body"' in statement:
            deleted = True
            run(postgres, "delete from audit_assignment", "delete from audit")

    try:
        batch = land(postgres, tmp_path / "home")
    finally:
        sa.event.remove(sa.Engine, "after_cursor_execute", delete)
    assert deleted
    assert batch.manifest["tables"]["audit"]["landed"] == 2
    assert batch.manifest["tables"]["audit_assignment"]["landed"] == 2


def test_the_account_needs_no_right_to_write(postgres: str, tmp_path: Path) -> None:
    fill(postgres, small_source())
    run(postgres, "create role guest login password 'guest-password'",
        "grant select on all tables in schema public to guest")  # fmt: skip
    guest = sa.make_url(postgres).set(username="guest", password="guest-password")  # noqa: S106
    batch = land(guest.render_as_string(hide_password=False), tmp_path / "home")
    assert losses(batch) == []
    run(postgres, "revoke select on person from guest")
    with pytest.raises(SourceRefused, match="person"):
        land(guest.render_as_string(hide_password=False), tmp_path / "home2")
    run(postgres, "drop owned by guest", "drop role guest")


def test_no_password_comes_to_light(postgres: str, tmp_path: Path) -> None:
    fill(postgres, small_source())
    told: list[str] = []
    batch = land(postgres, tmp_path / "home", progress=told.append)
    assert PASSWORD not in json.dumps(batch.manifest) + "".join(told)
    assert batch.manifest["source"].startswith("postgresql+psycopg://127.0.0.1:")
    wrong = sa.make_url(postgres).set(password="wrong-password").render_as_string(hide_password=False)  # noqa: S106
    with pytest.raises(SourceRefused) as refused:
        land(wrong, tmp_path / "home2")
    assert "wrong-password" not in str(refused.value)


def test_many_rows_are_streamed(postgres: str, tmp_path: Path) -> None:
    """More than one chunk; every row arrives once."""
    fill(postgres, small_source())
    run(
        postgres,
        "insert into record_item (record_id, audit_id, kind, stored_on, medium) "
        "select 'X' || n, 'A1', 'contract', date '2020-01-01' + (n % 1000), 'paper' from generate_series(1, "
        "120000) n",
    )
    batch = land(postgres, tmp_path / "home")
    count = batch.manifest["tables"]["record_item"]
    assert (count["rows_in"], count["landed"]) == (120002, 120002)


def test_values_that_no_driver_can_hold_cost_a_cell(postgres: str, tmp_path: Path) -> None:
    """infinity, years beyond 9999 and before 1, json objects and bytes: the source lands, the rows stay."""
    fill(postgres, small_source())
    run(
        postgres,
        "set timezone = 'UTC'",
        "alter table auditor_registration alter valid_until type timestamptz",
        "update auditor_registration set valid_until = 'infinity'",
        "alter table certificate alter scope_text type jsonb using '{\"a\": [1]}'::jsonb, "
        "alter standard type bytea using '\\x00ff'::bytea, alter scope_codes type jsonb using '[\"33.02\"]'::jsonb",
        "update certificate set first_certified_on = '0044-03-15 BC', published_on = '20260-01-01'",
        'alter table audit rename planned_start to "计划%开始"',
        "alter table audit alter \"计划%开始\" type timestamptz using '2026-06-07 16:30:00+00'",
    )
    mapping = tmp_path / "map.yml"
    mapping.write_text("columns: {audit: {planned_start: ['计划%开始']}}\n", encoding="utf-8")
    certificate = raw_cells(postgres, "certificate", tmp_path, mapping)[0]
    assert certificate["scope_text"] == unreadable("nested_value", '{"a": [1]}')
    assert certificate["standard"] == unreadable("binary_value", "0x00ff")
    assert certificate["scope_codes"] == "33.02"
    assert certificate["first_certified_on"] == "0044-03-15 BC"
    assert raw_cells(postgres, "audit", tmp_path, mapping)[0]["planned_start"] == "2026-06-08 00:30:00+08"
    assert raw_cells(postgres, "auditor_registration", tmp_path, mapping)[0]["valid_until"] == "infinity"
    batch = land(postgres, tmp_path / "home", mapping=mapping)
    assert len(landed(batch, "certificate")) == len(small_source()["certificate"])
    assert {row["valid_until"] for row in landed(batch, "auditor_registration")} == {None}
    lost = {(row["row_key"], row["column_name"], row["reason"]) for row in losses(batch)}
    assert ("C1", "scope_text", "nested_value") in lost
    assert {column for key, column, _ in lost if key == "C1"} >= {
        "first_certified_on",
        "published_on",
        "standard",
    }
    assert not [row for row in losses(batch) if row["table_name"] == "auditor_registration"]


def test_nothing_can_be_changed_and_nothing_waits_for_ever(postgres: str) -> None:
    fill(postgres, small_source())
    with snapshot(find(postgres)) as connection, pytest.raises(sa.exc.DBAPIError, match="read-only"):
        connection.exec_driver_sql("delete from certificate")
    with snapshot(find(postgres)) as connection:
        shown = [
            connection.exec_driver_sql(f"show {name}_timeout").scalar() for name in ("statement", "lock")
        ]
        assert shown == ["30min", "30s"]


def test_a_table_of_another_schema_is_read_where_the_mapping_names_it(postgres: str, tmp_path: Path) -> None:
    fill(postgres, small_source())
    run(postgres, "create schema archive", "alter table audit set schema archive")
    mapping = tmp_path / "map.yml"
    mapping.write_text("tables: {audit: [archive.audit]}\n", encoding="utf-8")
    assert len(landed(land(postgres, tmp_path / "home", mapping=mapping), "audit")) == 2
    with pytest.raises(SourceRefused, match="audit"):
        land(postgres, tmp_path / "home2")
