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
    """(table, position) of every row that is to be landed: of equal ones the first."""
    found = set()
    for name, table in contract().tables.items():
        rows = tables.get(name, [])
        keys = [key_of(row, table) for row in rows]
        for at, key in enumerate(keys):
            if key is None:
                continue
            same = [other for other in range(len(rows)) if keys[other] == key]
            if all(equal(rows[at], rows[other], table) for other in same) and at == same[0]:
                found.add((name, at))
    return found


def merged(tables: Tables) -> set[Position]:
    """Rows that another one before them is equal to in every cell."""
    rest = taken(tables)
    return {
        (name, at)
        for name, rows in tables.items()
        for at, row in enumerate(rows)
        if (name, at) not in rest
        and any(
            (name, other) in rest and equal(row, rows[other], contract().tables[name]) for other in range(at)
        )
    }


def emptied(tables: Tables) -> set[tuple[str, int, str]]:
    """(table, position, column) of cells of landed rows that cannot be read."""
    return {
        (name, at, column.name)
        for name, at in taken(tables)
        for column in contract().tables[name].columns
        if not readable(tables[name][at].get(column.name, ""), column)
    }


def stubs(tables: Tables) -> set[tuple[str, str]]:
    """(table, key) that a landed row refers to and no landed row has."""
    rest = taken(tables)
    wanted = {
        (column.references.table, text)
        for name, at in rest
        for column in contract().tables[name].references
        if column.references and (text := tables[name][at].get(column.name, ""))
    }
    there = {
        (name, tables[name][at][contract().tables[name].pk[0]])
        for name, at in rest
        if len(contract().tables[name].pk) == 1
    }
    return wanted - there


def key_of(row: Row, table: Table) -> tuple[str, ...] | None:
    cells = [(row.get(name, ""), table.column(name)) for name in table.pk]
    return (
        tuple(text for text, _ in cells)
        if all(text and readable(text, column) for text, column in cells)
        else None
    )


def equal(one: Row, other: Row, table: Table) -> bool:
    return all(one.get(column.name, "") == other.get(column.name, "") for column in table.columns)


def readable(text: str, column: Column) -> bool:
    """Whether a cell's text has a value; nothing is no value, but nothing unreadable either."""
    if text == "":
        return True
    if column.values:
        return text in column.values
    if column.format == "time":
        return re.fullmatch(r"\d\d:\d\d", text) is not None
    if column.format == "period":
        return re.fullmatch(r"\d{4}(-\d\d)?", text) is not None
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
