"""The contract's promises evaluated row by row in plain Python: slow, obvious, and written without a look at
the SQL.

It knows only cells in the contract's own form or beyond repair, since what is repaired is tested with the
cells.
"""

from __future__ import annotations

import re
from datetime import date

from ingestion.contract import Column, Table, contract
from tests.support.small_source import Row, Tables

Position = tuple[str, int]


def taken(tables: Tables) -> set[Position]:
    """(table, position) of every row that is to be landed."""
    gone = {
        (name, position)
        for name, table in contract().tables.items()
        for position, row in enumerate(tables.get(name, []))
        if not all(readable(row.get(column.name, ""), column) for column in table.columns)
    } | doubles(tables)
    everything = {(name, position) for name, rows in tables.items() for position in range(len(rows))}
    while True:
        rest = everything - gone
        broken = {
            (name, position)
            for name, position in rest
            for column in contract().tables[name].references
            if column.required and not leads_somewhere(tables, rest, tables[name][position], column)
        }
        if not broken:
            return rest
        gone |= broken


def emptied(tables: Tables) -> set[tuple[str, int, str]]:
    """(table, position, column) of nullable references that lead to no row that is taken."""
    rest = taken(tables)
    return {
        (name, position, column.name)
        for name, position in rest
        for column in contract().tables[name].references
        if not column.required
        and tables[name][position].get(column.name)
        and not leads_somewhere(tables, rest, tables[name][position], column)
    }


def leads_somewhere(tables: Tables, rest: set[Position], row: Row, column: Column) -> bool:
    assert column.references is not None
    target = column.references
    return any(
        name == target.table and tables[name][position][target.column] == row[column.name]
        for name, position in rest
    )


def doubles(tables: Tables) -> set[Position]:
    found = set()
    for name, table in contract().tables.items():
        for group in (table.pk, *table.unique):
            keys = [key_of(row, table, group) for row in tables.get(name, [])]
            found |= {(name, at) for at, key in enumerate(keys) if key is not None and keys.count(key) > 1}
    return found


def key_of(row: Row, table: Table, group: tuple[str, ...]) -> tuple[str, ...] | None:
    cells = [(row.get(name, ""), table.column(name)) for name in group]
    return tuple(text for text, _ in cells) if all(readable(*cell) for cell in cells) else None


def readable(text: str, column: Column) -> bool:
    if text == "":
        return not column.required
    if column.values:
        return text in column.values
    match column.type:
        case "date":
            try:
                return date(1950, 1, 1) <= date.fromisoformat(text) <= date(2199, 12, 31)
            except ValueError:
                return False
        case "int":
            return re.fullmatch(r"-?\d+", text) is not None
        case "dec":
            return re.fullmatch(r"-?\d+(\.\d{1,6})?", text) is not None
        case "bool":
            return text in ("true", "false")
    return True
