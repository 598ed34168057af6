"""Turns the YAML cases of all rules into one source folder: every case in a body of its own.

A case names rows as short as it can (`C1`, `A1`); they are laid over defaults.yml, and every id gets the
case's prefix, so that cases cannot touch each other and one real run judges all of them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ingestion.contract import contract

HERE = Path(__file__).parent
DEFAULT_AS_OF = date(2026, 11, 15)
ALWAYS_THERE = ("certification_body", "organization", "person", "auditor_registration", "auditor_scope")
# Columns that hold an id although the contract states no reference.
FREE_IDS = {("cnca_report", "subject_id"), ("decision", "certificate_id")}
STATES = ("pass", "warning", "breach", "undetermined", "not_applicable")

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    number: int
    as_of: date
    given: dict[str, list[Row]]
    remove: tuple[str, ...]
    expect: dict[str, Any]
    #: Two cases of one rule with the same word here are one step apart, and judged differently.
    pair: str | None = None

    @property
    def prefix(self) -> str:
        return f"k{self.number:04d}."

    @property
    def body_code(self) -> str:
        return f"{self.number:04d}"

    @property
    def body_id(self) -> str:
        return f"{self.prefix}B1"


def load_cases() -> list[Case]:
    """All cases of tests/rules/cases, numbered in the order of rule files and cases."""
    cases: list[Case] = []
    for path in sorted((HERE / "cases").glob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert document["rule"] == path.stem, f"{path.name} is about {document['rule']}"
        for entry in document["cases"]:
            unknown = set(entry) - {"name", "pair", "as_of", "given", "remove", "expect"}
            assert not unknown, f"{path.name}: unknown keys {unknown}"
            cases.append(
                Case(
                    rule=document["rule"],
                    name=entry["name"],
                    number=len(cases) + 1,
                    as_of=entry.get("as_of", DEFAULT_AS_OF),
                    given=entry.get("given") or {},
                    remove=tuple(entry.get("remove") or ()),
                    expect=entry.get("expect") or {},
                    pair=entry.get("pair"),
                )
            )
    return cases


def write_source(cases: list[Case], folder: Path) -> None:
    """One CSV per contract table with the rows of all `cases`."""
    folder.mkdir(parents=True, exist_ok=True)
    defaults = yaml.safe_load((HERE / "defaults.yml").read_text(encoding="utf-8"))
    rows: dict[str, list[Row]] = {table: [] for table in contract().tables}
    for case in cases:
        for table, found in _rows_of(case, defaults).items():
            rows[table] += found
    for table, columns in _columns().items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=columns)
            writer.writeheader()
            writer.writerows({column: _cell(row.get(column)) for column in columns} for row in rows[table])


def _rows_of(case: Case, defaults: dict[str, Row]) -> dict[str, list[Row]]:
    """Rows of one case: what is always there, what is given, each laid over its table's defaults."""
    given = {table: [dict(row) for row in rows or []] for table, rows in case.given.items()}
    unknown = set(given) - set(defaults)
    assert not unknown, f"{case.rule} {case.name}: unknown tables {unknown}"
    result: dict[str, list[Row]] = {}
    for table, default in defaults.items():
        keys = _keys(table)
        rows: dict[tuple[Any, ...], Row] = {}
        if table in ALWAYS_THERE and table not in case.remove:
            rows[tuple(default[key] for key in keys)] = default
        for place, row in enumerate(given.get(table, []), start=1):
            full = {**default, **_generated_key(table, keys, row, place, default), **row}
            unknown = set(full) - set(_columns()[table])
            assert not unknown, f"{case.rule} {case.name}: {table} has no columns {unknown}"
            rows[tuple(full[key] for key in keys)] = full
        result[table] = [
            _finished(table, row, place, case) for place, row in enumerate(rows.values(), start=1)
        ]
    return result


def _generated_key(table: str, keys: list[str], row: Row, place: int, default: Row) -> Row:
    """C1, C2 ... for rows that do not name their key; seq = place for events."""
    generated: Row = {}
    if len(keys) == 1 and keys[0] not in row:
        generated[keys[0]] = default[keys[0]].rstrip("0123456789") + str(place)
    if table == "certificate_event":
        generated["seq"] = place
    return generated


def _finished(table: str, row: Row, place: int, case: Case) -> Row:
    row = dict(row)
    if table == "certificate" and "certificate_no" not in row:
        row["certificate_no"] = f"{{body}}{row['issued_on']:%y}IT{place:05d}R{row['cycle_no']}CNAS"
    if table == "organization" and "uscc" not in row:
        row["uscc"] = f"91110105MA{{body}}00{place:02d}"  # one of its own: equal codes are one client
    for column, value in row.items():
        if isinstance(value, str):
            value = value.replace("{body}", case.body_code)
        if value is not None and column in _id_columns()[table]:
            value = case.prefix + str(value)
        row[column] = value
    return row


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _columns() -> dict[str, list[str]]:
    return {name: [column.name for column in table.columns] for name, table in contract().tables.items()}


def _keys(table: str) -> list[str]:
    return [column.name for column in contract().tables[table].columns if column.pk]


def _id_columns() -> dict[str, set[str]]:
    """Columns whose values are ids of the case: references, keys of their own, and the free ones."""
    found: dict[str, set[str]] = {}
    for name, table in contract().tables.items():
        keys = _keys(name)
        found[name] = {
            column.name
            for column in table.columns
            if column.references or [column.name] == keys or (name, column.name) in FREE_IDS
        }
    return found
