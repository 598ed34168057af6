"""Reading rows of one relation of the published file: columns chosen, rows kept by equality, in a stated order.

What rows mean is worked out in dbt; readers have no other way to ask. A day comes as ISO text, a truth value as
'yes' or 'no', so that a page shows, sorts and filters what it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import duckdb
import pandas as pd

from ingestion.sql import text as quoted

Value = str | bool | tuple[str, ...]

_YES_NO = {True: "yes", False: "no"}
_NULLS_FIRST = "^"


@dataclass(frozen=True)
class Rows:
    """Rows of `relation` (schema.table).

    order    columns, '-' in front for descending, '^' for nulls first; nulls are last otherwise
    where    column -> the value, or the values, that it has
    renamed  name as shown -> column of the relation
    ones     name -> (column, value): a column that is 1 where `column` is `value`, else 0; None: always 1
    weight   column that the ones count by, for rows that stand for several
    words    column -> what to say for a value of it, where a list of labels is not enough (several codes in one)
    columns  what is read, where no block says it by its own columns
    """

    relation: str
    order: tuple[str, ...] = ()
    where: Mapping[str, Value] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    ones: Mapping[str, tuple[str, str] | None] = field(default_factory=dict)
    weight: str = ""
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()


def listed(codes: str) -> str:
    """Codes joined by ';' as people write a list of them."""
    return codes.replace(";", "；")


def column_types(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    """Column -> type. Raises duckdb.CatalogException when the relation is not there."""
    found = connection.table(relation)
    return dict(zip(found.columns, map(str, found.types), strict=True))


def statement(rows: Rows, types: Mapping[str, str], names: Iterable[str], limit: int = 0) -> str:
    """The SQL that reads the columns `names`, called as shown. Raises KeyError on a column that is not there."""
    shown = [_selected(rows.renamed.get(name, name), name, types) for name in dict.fromkeys(names)]
    parts = [f"select {', '.join(shown)} from {rows.relation} as listed"]
    if rows.where:
        parts.append("where " + " and ".join(_kept(key, value) for key, value in rows.where.items()))
    if rows.order:
        parts.append("order by " + ", ".join(_placed(item, types) for item in rows.order))
    if limit:
        parts.append(f"limit {limit}")
    return " ".join(parts)


def _selected(column: str, name: str, types: Mapping[str, str]) -> str:
    if types[column] == "DATE":
        return f"cast({column} as varchar) as {_name(name)}"
    return f"{column} as {_name(name)}"


def _name(name: str) -> str:
    return f'"{name}"'


def _kept(column: str, value: Value) -> str:
    if isinstance(value, bool):
        return f"{column} = {str(value).lower()}"
    if isinstance(value, tuple):
        return f"{column} in ({', '.join(map(quoted, value))})"
    return f"{column} = {quoted(value)}"


def _placed(item: str, types: Mapping[str, str]) -> str:
    column = item.lstrip("-^")
    if column not in types:
        raise KeyError(column)
    direction = "desc" if item.startswith("-") else "asc"
    nulls = "first" if item.startswith(_NULLS_FIRST) else "last"
    return f"listed.{column} {direction} nulls {nulls}"


def read(
    connection: duckdb.DuckDBPyConnection,
    rows: Rows,
    names: Iterable[str] = (),
    *,
    also: Iterable[str] = (),
    limit: int = 0,
) -> pd.DataFrame:
    """The rows with the columns `names` (else `rows.columns`, else all), and those of `also` that the relation has."""
    types = column_types(connection, rows.relation)
    wanted = [
        *(names or rows.columns or types),
        *(name for name in also if name in types or name in rows.renamed),
    ]
    plain = [name for name in wanted if name not in rows.ones]
    hidden = {"_weight": rows.weight} if rows.weight else {}
    hidden |= {f"_{name}": one[0] for name, one in rows.ones.items() if one and name in wanted}
    reading = Rows(rows.relation, rows.order, rows.where, {**rows.renamed, **hidden})
    frame = connection.execute(statement(reading, types, [*plain, *hidden], limit)).df()
    for column in frame.columns:
        if types[reading.renamed.get(column, column)] == "BOOLEAN":
            frame[column] = frame[column].map(_YES_NO)
    weight = frame["_weight"] if rows.weight else 1
    for name, one in rows.ones.items():
        if name in wanted:
            frame[name] = (frame[f"_{name}"] == one[1]) * weight if one else weight
    for name, say in rows.words.items():
        if name in wanted:
            said = {value: say(value) for value in frame[name].unique() if isinstance(value, str)}
            frame[name] = frame[name].map(said)
    return frame.drop(columns=list(hidden))


def count(connection: duckdb.DuckDBPyConnection, rows: Rows) -> int:
    """How many rows there are in all."""
    types = column_types(connection, rows.relation)
    counting = Rows(rows.relation, (), rows.where, {"rows": "count(*)"})
    found = connection.execute(statement(counting, {**types, "count(*)": "BIGINT"}, ["rows"])).fetchone()
    return int(found[0]) if found else 0
