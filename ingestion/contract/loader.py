"""Reads the contract's YAML files and refuses what they must not say. The files are ours, so errors are
ValueErrors."""

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast, get_args

import yaml

from ingestion.contract.model import Column, ColumnType, Contract, Reference, Table

_COLUMN_KEYS = {
    "name", "type", "label_zh", "description", "description_zh",
    "pk", "required", "pii", "code", "references", "values", "since", "format", "time_column", "mentions",
}  # fmt: skip
_TABLE_KEYS = {
    "table",
    "label_zh",
    "description",
    "description_zh",
    "required",
    "expected_unique",
    "natural_key",
    "since",
    "columns",
}


@cache
def contract() -> Contract:
    """The contract that this version of the program accepts."""
    root = files("ingestion.contract")
    index = yaml.safe_load(root.joinpath("contract.yml").read_text(encoding="utf-8"))
    tables = {}
    for name in index["tables"]:
        text = root.joinpath("tables", f"{name}.yml").read_text(encoding="utf-8")
        tables[name] = _table(name, yaml.safe_load(text))
    found = Contract(version=str(index["version"]), tables=MappingProxyType(tables))
    _check(found)
    return found


def _table(name: str, raw: dict[str, Any]) -> Table:
    _only_known_keys(raw, _TABLE_KEYS, name)
    if raw["table"] != name:
        raise ValueError(f"tables/{name}.yml describes {raw['table']}")
    return Table(
        name=name,
        label_zh=raw["label_zh"],
        description=raw["description"],
        description_zh=raw["description_zh"],
        required=raw["required"],
        columns=tuple(_column(name, column) for column in raw["columns"]),
        expected_unique=tuple(tuple(group) for group in raw.get("expected_unique", ())),
        since=raw.get("since", "1"),
        natural_key=tuple(tuple(names) for names in raw.get("natural_key", ())),
    )


def _column(table: str, raw: dict[str, Any]) -> Column:
    where = f"{table}.{raw.get('name')}"
    _only_known_keys(raw, _COLUMN_KEYS, where)
    if raw["type"] not in get_args(ColumnType):
        raise ValueError(f"{where}: unknown type {raw['type']}")
    labels: dict[str, str] = raw.get("values") or {}
    return Column(
        name=raw["name"],
        type=cast(ColumnType, raw["type"]),
        label_zh=raw["label_zh"],
        description=raw["description"],
        description_zh=raw.get("description_zh", ""),
        pk=raw.get("pk", False),
        required=raw.get("required", False),
        pii=raw.get("pii", False),
        code=raw.get("code", False),
        references=Reference(*raw["references"].split(".")) if "references" in raw else None,
        values=tuple(labels),
        value_labels=MappingProxyType(labels),
        since=raw.get("since", "1"),
        format=raw.get("format"),
        time_column=raw.get("time_column"),
        mentions=tuple(raw.get("mentions", ())),
    )


def _only_known_keys(raw: dict[str, Any], known: set[str], where: str) -> None:
    unknown = set(raw) - known
    if unknown:
        raise ValueError(f"{where}: unknown key {', '.join(sorted(unknown))}")


def _check(found: Contract) -> None:
    """Fails at once, and not on some later row, when the contract's own parts do not fit together."""
    for table in found.tables.values():
        for names in (
            [column.name for column in table.columns],
            [column.label_zh for column in table.columns],
        ):
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise ValueError(f"{table.name}: {', '.join(sorted(twice))} stands twice")
        if not table.pk or not all(table.column(name).required for name in table.pk):
            raise ValueError(f"{table.name}: the primary key must exist and be required")
        for column in table.references:
            reference = column.references
            assert reference is not None
            if found.tables[reference.table].pk != (reference.column,):
                raise ValueError(f"{table.name}.{column.name} refers to {reference}, which is no primary key")
        groups = (*table.expected_unique, *table.natural_key)
        for name in (*(one for group in groups for one in group), *_time_columns(table)):
            table.column(name)
        for column in table.columns:
            if column.format is not None and column.type not in ("text", "list"):
                raise ValueError(f"{table.name}.{column.name}: only texts and lists have a form")
            for mentioned in column.mentions:
                if len(found.tables[mentioned].pk) != 1:
                    raise ValueError(
                        f"{table.name}.{column.name} mentions {mentioned}, whose key has several columns"
                    )
    found.load_order()


def _time_columns(table: Table) -> list[str]:
    return [column.time_column for column in table.columns if column.time_column is not None]
