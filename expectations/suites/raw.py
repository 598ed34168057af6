"""Suite `raw`: the staging tables against the source contract, and their content against plain sense.

What landing promises (keys, closed lists, references, counts) is structure: a breach
of it means that landing or staging lost or invented something, and blocks. What people typed (check digits,
codes, dates) is content: it warns, names the records, and gets through to the findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.outcome import Check, Severity
from expectations.suites import raw_content
from ingestion.contract import Column, Table, contract


def checks() -> list[Check]:
    """Structure from the contract, table by table, then content."""
    structural = [check for table in contract().tables.values() for check in _structure(table)]
    return [*structural, *raw_content.checks()]


def _structure(table: Table) -> Iterator[Check]:
    yield _blocking(
        table,
        "counts",
        "select table_name as record from meta.manifest_table"
        f" where table_name = '{table.name}'"
        " and (rows_in <> landed + set_aside + merged or landed <> (select count(*) from {batch} where not is_stub)"
        " or stubs <> (select count(*) from {batch} where is_stub))",
        "读入等于入库、搁置与合并之和，入库与占位等于暂存",
    )
    yield _blocking(
        table,
        "key_unique",
        f"select {_key(table)} as record from {{batch}} group by {', '.join(table.pk)} having count(*) > 1",
        "主键唯一",
    )
    yield _blocking(
        table,
        "key_complete",
        f"select cast(_source_row as varchar) as record from {{batch}}"
        f" where {' or '.join(f'{name} is null' for name in table.pk)}",
        "主键非空",
    )
    listed = [column for column in table.columns if column.values]
    if listed:
        outside = " or ".join(f"{column.name} not in ({_values(column)})" for column in listed)
        yield _blocking(
            table,
            "closed_lists",
            f"select {_key(table)} as record from {{batch}} where {outside}",
            "取值在代码表内",
        )
    for column in table.references:
        yield _blocking(
            table,
            f"reference_{column.name}",
            f"select {_key(table)} as record from {{batch}} where {column.name} is not null"
            f" and {column.name} not in (select {_target(column)} from staging.stg_{_referred(column)})",
            f"{column.label_zh}引用存在",
        )


def _blocking(table: Table, name: str, sql: str, title_zh: str) -> Check:
    return Check(
        suite="raw",
        name=f"{table.name}.{name}",
        table=f"staging.stg_{table.name}",
        sql=sql,
        severity=Severity.BLOCKING,
        title_zh=f"{table.label_zh}：{title_zh}",
    )


def _key(table: Table) -> str:
    return "concat_ws('|', " + ", ".join(table.pk) + ")"


def _values(column: Column) -> str:
    return ", ".join(f"'{value}'" for value in column.values)


def _target(column: Column) -> str:
    assert column.references is not None
    return column.references.column


def _referred(column: Column) -> str:
    assert column.references is not None
    return column.references.table
