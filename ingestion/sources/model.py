"""What a source is to the rest of ingestion: named, hashed files, and parts of them that each hold one
table."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from ingestion.contract import Table

#: The spreadsheet's day zero, unless the workbook counts from 1904.
DAY_ZERO = date(1899, 12, 30)

#: Columns of the raw table beside the contract's own.
LINE = "_line"
BLANK = "_blank"

#: Shape of `Extract.misshapen`: records that could not be cut into the columns of their table.
MISSHAPEN = pa.schema([("source_row", pa.int64()), ("reason", pa.string()), ("raw_value", pa.string())])


@dataclass(frozen=True)
class SourceFile:
    """A file of the source and its identity. For a database it is the extract of one table."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Added:
    """Rows that another file added to a table: their lines count on from `last_line`, the base's last."""

    file: str
    last_line: int
    rows: int


@dataclass(frozen=True)
class Extract:
    """What loading a part left in the DuckDB connection, in the raw table it was asked for.

    line       SQL over the raw table: the line or row of the source, counted from 1.
    columns    contract columns that the raw table has, all VARCHAR; further columns: `_blank`, and `_line` if
               used.
    unknown    headings that the contract does not know.
    misshapen  records left out of the raw table (see MISSHAPEN).
    encoding   of text files.
    added      rows that a further file added, if one did.
    """

    line: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    misshapen: pa.Table | None = None
    encoding: str | None = None
    added: Added | None = None


class Part(Protocol):
    """One table in a source."""

    @property
    def table(self) -> Table: ...

    @property
    def file(self) -> SourceFile: ...

    @property
    def sheet(self) -> str | None:
        """The worksheet, where the file is a workbook."""

    @property
    def day_zero(self) -> date: ...

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        """Creates the table `raw` and fills it. May write temporary files in `scratch`."""

    def check_unchanged(self) -> None:
        """Raises SourceRefused if the file is not the one that was hashed."""


@dataclass(frozen=True)
class Source:
    """A source, ready to be landed.

    location      where it is, without user name or password.
    parts         one for each table found.
    unknown       files, sheets and database tables that hold no table of the contract.
    added         files that add rows to a part's table.
    """

    location: str
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]
    added: tuple[SourceFile, ...] = ()

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The files read, each once, by name."""
        files = {part.file for part in self.parts} | set(self.added)
        return tuple(sorted(files, key=lambda file: file.name))
