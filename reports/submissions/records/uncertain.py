"""Codes of the form that are configured but not confirmed, as far as a file uses them.

Where the published sources are silent or contradict each other, the profile holds a reading marked as
uncertain. It is written all the same; who files is told which codes to confirm, once per code and not once
per row.
"""

from __future__ import annotations

from typing import Any

import duckdb

from ingestion.sql import text as quoted
from reports.submissions.records.sheet_form import Field, Form


def uncertain_codes(
    connection: duckdb.DuckDBPyConnection, form: Form, codes: tuple[str, ...]
) -> list[dict[str, Any]]:
    """[{sheet, field, value, code, rows, note}] in the form's order.

    value  what the records say, where it was mapped to the code; "" where the code itself is in doubt
    rows   how many rows hold it
    """
    found = []
    for sheet in codes:
        for field in form.sheets[sheet].fields:
            for value, code, rows, note in _of_parts(connection, form, sheet, field):
                found.append(_entry(sheet, field, value, code, rows, note))
            for value, code, rows, note in _of_mapping(connection, form, sheet, field):
                found.append(_entry(sheet, field, value, code, rows, note))
            for code, rows, note in _of_list(connection, form, sheet, field):
                found.append(_entry(sheet, field, "", code, rows, note))
    return found


def _entry(sheet: str, field: Field, value: str, code: str, rows: int, note: str) -> dict[str, Any]:
    return {"sheet": sheet, "field": field.name, "value": value, "code": code, "rows": rows, "note": note}


def _of_mapping(
    connection: duckdb.DuckDBPyConnection, form: Form, sheet: str, field: Field
) -> list[tuple[str, str, int, str]]:
    """Values of the records whose code is a reading."""
    doubtful = {v: code for v, code in form.mappings.get(field.mapping, {}).items() if not code.is_certain}
    if not field.column or not doubtful:
        return []
    values = f"string_split(clean_text(fact.\"{field.column}\"), ';')"
    counts = _counts(connection, sheet, values, tuple(doubtful))
    return [(value, doubtful[value].code, rows, doubtful[value].note) for value, rows in counts]


def _of_parts(
    connection: duckdb.DuckDBPyConnection, form: Form, sheet: str, field: Field
) -> list[tuple[str, str, int, str]]:
    """Values in the lists of composed cells whose code is a reading; rows = rows of the sheet that hold them."""
    composition = form.sheets[sheet].composed.get(field.name)
    if composition is None:
        return []
    found = []
    for part in composition.parts:
        doubtful = {v: code for v, code in form.mappings.get(part.mapping, {}).items() if not code.is_certain}
        if not doubtful:
            continue
        wanted = ", ".join(quoted(value) for value in doubtful)
        counts = connection.execute(
            f'select member."{part.column}" as value, count(distinct row_no)'
            f' from sheet_{sheet} inner join warehouse.submissions."{composition.relation}" as member'
            f' on member."{composition.on}" = fact."{composition.on}"'
            f' where ({composition.where}) and member."{part.column}" in ({wanted})'
            " group by value order by value"
        ).fetchall()
        found += [(value, doubtful[value].code, rows, doubtful[value].note) for value, rows in counts]
    return found


def _of_list(
    connection: duckdb.DuckDBPyConnection, form: Form, sheet: str, field: Field
) -> list[tuple[str, int, str]]:
    """Codes in doubt that no doubtful mapping has already named."""
    named = {code.code for code in form.mappings.get(field.mapping, {}).values() if not code.is_certain}
    listed = {
        code.code: code.note
        for code in form.code_lists.get(field.code_list, ())
        if not code.is_certain and code.code not in named
    }
    if not listed:
        return []
    counts = _counts(connection, sheet, f'values_of(cell."{field.name}")', tuple(listed))
    return [(code, rows, listed[code]) for code, rows in counts]


def _counts(
    connection: duckdb.DuckDBPyConnection, sheet: str, values_sql: str, wanted: tuple[str, ...]
) -> list[tuple[str, int]]:
    names = ", ".join(quoted(name) for name in wanted)
    return connection.execute(
        f"select value, count(*) from (select unnest({values_sql}) as value from sheet_{sheet})"
        f" where value in ({names}) group by value order by value"
    ).fetchall()
