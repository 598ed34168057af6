"""The tables and columns of the source contract, version 2, from contract.txt.

One table per unindented line, one column per indented line: name, type, and flags: pk (part of the key, thus
required), req (required), v2 (new in version 2), ->table (a reference), in:a,b (a closed list of codes).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

# Without these there is nothing to judge; every other table may be absent ("not delivered").
NEEDED = ("certification_body", "organization", "person", "audit", "certificate")


@dataclass(frozen=True)
class Column:
    """One column: its type is text, date, int, dec, bool or list."""

    name: str
    kind: str
    is_key: bool = False
    required: bool = False
    is_new: bool = False
    reference: str | None = None
    codes: tuple[str, ...] = ()


@dataclass
class Table:
    """One table with its columns in contract order."""

    name: str
    is_new: bool
    columns: dict[str, Column] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        return tuple(column.name for column in self.columns.values() if column.is_key)


def _column(line: str) -> Column:
    name, kind, *flags = line.split()
    reference = next((flag[2:] for flag in flags if flag.startswith("->")), None)
    codes = next((tuple(flag[3:].split(",")) for flag in flags if flag.startswith("in:")), ())
    is_key = "pk" in flags
    return Column(name, kind, is_key, is_key or "req" in flags, "v2" in flags, reference, codes)


def _read() -> dict[str, Table]:
    tables: dict[str, Table] = {}
    name = ""
    for line in (Path(__file__).parent / "contract.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            column = _column(line)
            tables[name].columns[column.name] = column
        else:
            name, *flags = line.split()
            tables[name] = Table(name, is_new="v2" in flags)
    return tables


TABLES = _read()
