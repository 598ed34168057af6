"""What a database holds: tables, views and synonyms, with the types of their columns as it names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

#: What becomes of a fetched value:
#: plain    its text in the contract's own form
#: flag     0 and 1 are false and true
#: nested   JSON and its like: plain values and lists of them are read, anything else is unreadable
#: binary   bytes: text in UTF-8 or unreadable
Kind = Literal["plain", "flag", "nested", "binary"]


@dataclass(frozen=True)
class Column:
    """`type` in lower case, in the database's own words."""

    name: str
    type: str


@dataclass(frozen=True)
class Relation:
    """A table, view or synonym. `schema` is None in the schema that the account works in."""

    schema: str | None
    name: str
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        """As people and mappings write it."""
        return f"{self.schema}.{self.name}" if self.schema else self.name


@dataclass(frozen=True)
class Cell:
    """SQL that fetches a column, and what the fetched value is."""

    sql: str
    kind: Kind = "plain"


def group(rows: Iterable[tuple[Any, ...]]) -> list[Relation]:
    """Relations of catalogue rows (schema, relation, column, type), in the order of their columns."""
    return [
        Relation(schema, name, tuple(Column(column, kind.lower()) for _, _, column, kind in columns))
        for (schema, name), columns in groupby(rows, key=lambda row: (row[0], row[1]))
    ]
