"""What a source is to the rest of ingestion: named, hashed files, and parts of them that each hold one
table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from ingestion.contract import Table
from ingestion.sources.fates import Fate

#: The spreadsheet's day zero, unless the workbook counts from 1904.
DAY_ZERO = date(1899, 12, 30)

#: Columns of the raw table beside the contract's own.
LINE = "_line"
SUSPECT = "_suspect"

#: Shape of `Extract.misshapen`: records that could not be cut into the columns of their table.
MISSHAPEN = pa.schema([("source_row", pa.int64()), ("reason", pa.string()), ("raw_value", pa.string())])


@dataclass(frozen=True)
class SourceFile:
    """A file of the source and its identity. For a database it is the extract of one table."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Origin:
    """The rows of a table that one file or sheet gave.

    A table's rows are numbered through (`Extract.line`); line n of this file or sheet has number after + n.
    The origins of a table lie one behind the other: a row belongs to the last one with `after` below its
    number.

    rows      records that it gave, whether they land or are set aside.
    encoding  of text files.
    positions contract column -> position of its cells in the sheet, from 0.
    """

    file: SourceFile
    sheet: str | None
    after: int
    rows: int
    encoding: str | None = None
    positions: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def place(self) -> str:
        """The file, and the sheet behind '#'."""
        return f"{self.file.name}#{self.sheet}" if self.sheet else self.file.name


@dataclass(frozen=True)
class Extract:
    """What loading a part left in the DuckDB connection, in the raw table it was asked for.

    line        SQL over the raw table: the number of a row in its table. Where one file gives all rows, its
                line in the file from 1; else see `origins`.
    columns     contract columns that the raw table has, all VARCHAR; further columns: `_suspect`, and `_line`
                if used.
    origins     the files and sheets that the rows come from, in the order of their numbers.
    unknown     headings that the contract does not know.
    unreadable  columns in which some cell is no text but a mark of ingestion.unreadable: to be emptied, with
                its kind and raw text. All other columns hold none.
    misshapen   records left out of the raw table (see MISSHAPEN); they count as rows in.
    repairs     (column, kind) -> cells that the reader itself put right: a merged cell's value in every row.
    fates       what became of headings and of rows that are no records (titles, totals ...). These do not
                count as rows in.
    delivered   contract columns that the body itself delivered; None: `columns`.
    """

    line: str
    columns: tuple[str, ...]
    origins: tuple[Origin, ...] = ()
    unknown: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    misshapen: pa.Table | None = None
    repairs: Mapping[tuple[str, str], int] = field(default_factory=dict)
    fates: tuple[Fate, ...] = ()
    delivered: tuple[str, ...] | None = None


class Part(Protocol):
    """One table in a source."""

    @property
    def table(self) -> Table: ...

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The files that it is read from: several where a table is spread over files."""

    @property
    def place(self) -> str:
        """Where it is, to be named to people: the file, and the sheet behind '#'; the first of several."""

    @property
    def day_zero(self) -> date | None:
        """What serial number 0 stands for in a spreadsheet; None where five digits are no day: in text files,
        Parquet and databases."""

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        """Creates the table `raw` and fills it. May write temporary files in `scratch`."""

    def check_unchanged(self) -> None:
        """Raises SourceRefused if the file is not the one that was hashed."""


@dataclass(frozen=True)
class OwnTable:
    """A table, view or sheet of the source under its own name and with its own columns, all text: what a SELECT of
    the mapping reads. `path` is a Parquet file."""

    name: str
    path: Path
    file: SourceFile


@dataclass(frozen=True)
class Source:
    """A source, ready to be landed.

    location      where it is, without user name or password.
    parts         one for each table found.
    unknown       files, sheets and database tables that hold no table of the contract.
    fates         what became of each folder, file and sheet; the parts' own are in their extracts.
    own           the tables that were asked for under their own names.
    """

    location: str
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]
    fates: tuple[Fate, ...] = ()
    own: tuple[OwnTable, ...] = ()

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The files read, each once, by name."""
        files = {file for part in self.parts for file in part.files} | {table.file for table in self.own}
        return tuple(sorted(files, key=lambda file: file.name))
