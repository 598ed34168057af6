"""The shape of the source contract: tables, columns and what must hold of them. No reading of files here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "date", "int", "dec", "bool", "list"]

#: What a column of each contract type is in a landed Parquet file. A list is its values joined by ';'.
PARQUET_TYPES: Mapping[ColumnType, str] = {
    "text": "VARCHAR",
    "date": "DATE",
    "int": "BIGINT",
    "dec": "DECIMAL(18,6)",
    "bool": "BOOLEAN",
    "list": "VARCHAR",
}


@dataclass(frozen=True)
class Reference:
    """Where the values of a column must be found: another table's single-column primary key."""

    table: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


@dataclass(frozen=True)
class Column:
    """One column of the contract.

    `values` is the closed list (empty: any value); `value_labels` gives each value's Chinese word.
    `code` marks identifiers, numbers and codes, in which full-width letters and digits are only a way of
    typing. `since` is the version of the contract that brought the column: a source that lacks a later one than "1"
    does not keep it, which is another thing than not delivering it.

    `format` names the fixed form of a text (ingestion/cells/forms.py). `time_column` is the column that keeps the hour
    of this day. `mentions` are tables that the value may lead to without being a reference: one that leads nowhere
    is listed, and makes no stub.
    """

    name: str
    type: ColumnType
    label_zh: str
    description: str
    description_zh: str = ""
    pk: bool = False
    required: bool = False
    pii: bool = False
    code: bool = False
    references: Reference | None = None
    values: tuple[str, ...] = ()
    value_labels: Mapping[str, str] | None = None
    since: str = "1"
    format: str | None = None
    time_column: str | None = None
    mentions: tuple[str, ...] = ()

    @property
    def parquet_type(self) -> str:
        return PARQUET_TYPES[self.type]

    @property
    def may_be_unlimited(self) -> bool:
        """Whether 9999-12-31 and 长期 mean "no end" here."""
        return self.type == "date" and self.name.endswith("_until")


@dataclass(frozen=True)
class Table:
    """One table of the contract, its columns in order.

    `required` says that a source without the table is refused. `expected_unique` lists column groups, beside
    the primary key, whose values should not stand twice: rows in which they do are taken and listed. `natural_key`
    lists what names a record in a source without a column of keys, the first that is known before the others.
    """

    name: str
    label_zh: str
    description: str
    description_zh: str
    required: bool
    columns: tuple[Column, ...]
    expected_unique: tuple[tuple[str, ...], ...] = ()
    since: str = "1"
    natural_key: tuple[tuple[str, ...], ...] = ()

    @property
    def pk(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.pk)

    @property
    def references(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.references is not None)

    @property
    def has_pii(self) -> bool:
        return any(column.pii for column in self.columns)

    def column(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name} is not in the contract")


@dataclass(frozen=True)
class Contract:
    """All tables, by name, in contract order."""

    version: str
    tables: Mapping[str, Table]

    def load_order(self) -> tuple[str, ...]:
        """The tables, each after those that its required references point to.

        In this order one pass settles required references for good: a row refused in one table is known to be
        refused before the rows that depend on it are looked at. Raises ValueError if they run in a circle.
        """
        placed: dict[str, None] = {}
        waiting = dict(self.tables)
        while waiting:
            ready = [
                name
                for name, table in waiting.items()
                if all(ref.table in placed for ref in _required_references(table))
            ]
            if not ready:
                raise ValueError(f"required references run in a circle among {', '.join(waiting)}")
            for name in ready:
                placed[name] = None
                del waiting[name]
        return tuple(placed)


def _required_references(table: Table) -> list[Reference]:
    return [c.references for c in table.columns if c.references is not None and c.required]
