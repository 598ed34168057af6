"""A load that was taken although something is missing keeps from being filed what is made of it, and nothing else."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from reports.submissions.filing import lacking
from reports.submissions.kinds import KINDS
from reports.submissions.opened import OpenWarehouse

LINEAGE = {
    "sub_monthly__certificate_row": "int_certificate__term;int_audit__held",
    "sub_audit_plan__plan": "int_audit__held",
    "int_certificate__term": "stg_certificate",
    "int_audit__held": "stg_audit;dim_person",
    "dim_person": "raw.person",
    "stg_certificate": "raw.certificate",
    "stg_audit": "raw.audit",
    "rule_8_1__complaints": "raw.complaint",
}


def warehouse(missing: str, lineage: dict[str, str]) -> OpenWarehouse:
    connection = duckdb.connect()
    connection.execute("attach ':memory:' as warehouse; create schema warehouse.meta")
    connection.execute("create table warehouse.meta.lineage (node varchar, depends_on varchar)")
    connection.execute(
        "create table warehouse.meta.acceptance (position bigint, table_name varchar, message_zh varchar)"
    )
    for node, parents in lineage.items():
        connection.execute("insert into warehouse.meta.lineage values (?, ?)", [node, parents])
    connection.execute("insert into warehouse.meta.acceptance values (1, ?, '少了')", [missing])
    return OpenWarehouse(connection, "w", None, date(2026, 1, 1), "b", "2", "r", ())


@pytest.mark.parametrize(
    ("missing", "kinds"),
    [
        ("certificate", {"monthly"}),
        ("person", {"monthly", "audit_plan"}),
        ("complaint", set()),
    ],
)
def test_only_what_is_made_of_what_is_missing_is_held_back(missing: str, kinds: set[str]) -> None:
    opened = warehouse(missing, LINEAGE)
    held = {name for name in ("monthly", "audit_plan") if lacking(opened, KINDS[name])}
    assert held == kinds


def test_where_nobody_says_what_a_file_is_made_of_it_is_held_back() -> None:
    assert lacking(warehouse("complaint", {}), KINDS["monthly"]) == ["数据缺失过多：少了"]
