"""A source with further rows for some of its tables: what the project itself knows, such as the authority's
receipts, beside what the body's records say.

The further rows are one more file of the table. They are read, judged and counted like the source's own, and
their file is part of the batch's identity.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ingestion import sql
from ingestion.contract import Table, contract
from ingestion.mapping import Words
from ingestion.sources.csv_file import CsvFile
from ingestion.sources.model import LINE, Added, Extract, Part, Source, SourceFile


def supplement(source: Source, additions: Mapping[str, Path], words: Words) -> Source:
    """The source with one more CSV file for each table named. Raises KeyError for an unknown table."""
    further = {
        name: CsvFile.open(path, contract().tables[name], words) for name, path in sorted(additions.items())
    }
    present = {part.table.name for part in source.parts}
    parts = [
        Supplemented(part, further[part.table.name]) if part.table.name in further else part
        for part in source.parts
    ]
    parts += [part for name, part in further.items() if name not in present]
    order = list(contract().tables)
    parts.sort(key=lambda part: order.index(part.table.name))
    added = tuple(part.file for name, part in further.items() if name in present)
    return replace(source, parts=tuple(parts), added=added)


@dataclass(frozen=True)
class Supplemented:
    """A part of the source and the CSV file that adds rows to its table."""

    base: Part
    addition: CsvFile

    @property
    def table(self) -> Table:
        return self.base.table

    @property
    def file(self) -> SourceFile:
        return self.base.file

    @property
    def sheet(self) -> str | None:
        return self.base.sheet

    @property
    def day_zero(self) -> date:
        return self.base.day_zero

    def check_unchanged(self) -> None:
        self.base.check_unchanged()
        self.addition.check_unchanged()

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        """Both in one raw table: the added rows' lines go on where the base's end."""
        own_raw, more_raw = f"{raw}_own", f"{raw}_added"
        own = self.base.load(connection, own_raw, scratch)
        more = self.addition.load(connection, more_raw, scratch)
        last_line = _last_line(connection, own_raw, own)
        columns = tuple(dict.fromkeys([*own.columns, *more.columns]))
        connection.execute(
            f"create temp table {raw} as {_rows(own_raw, own, columns, 0)}"
            f" union all {_rows(more_raw, more, columns, last_line)}"
        )
        counted = connection.execute(f"select count(*) from {more_raw}").fetchone()
        assert counted is not None
        connection.execute(f"drop table {own_raw}; drop table {more_raw}")
        return Extract(
            line=LINE,
            columns=columns,
            unknown=own.unknown,
            misshapen=_misshapen(own.misshapen, more.misshapen, last_line),
            encoding=own.encoding,
            added=Added(self.addition.file.name, last_line, counted[0] + _records(more.misshapen)),
        )


def _rows(raw: str, extract: Extract, columns: tuple[str, ...], after: int) -> str:
    cells = [
        sql.name(name) if name in extract.columns else f"null::varchar as {sql.name(name)}"
        for name in columns
    ]
    return f"select {extract.line} + {after} as {LINE}, {', '.join(cells)} from {raw}"


def _last_line(connection: duckdb.DuckDBPyConnection, raw: str, extract: Extract) -> int:
    last = connection.execute(f"select coalesce(max({extract.line}), 0) from {raw}").fetchone()
    assert last is not None
    misshapen = extract.misshapen
    also = pc.max(misshapen["source_row"]).as_py() if misshapen is not None and len(misshapen) else 0
    return max(int(last[0]), int(also))


def _misshapen(own: pa.Table | None, more: pa.Table | None, after: int) -> pa.Table | None:
    if more is None:
        return own
    moved = more.set_column(0, more.schema.field(0), pc.add(more["source_row"], after))
    return moved if own is None else pa.concat_tables([own, moved])


def _records(misshapen: pa.Table | None) -> int:
    return 0 if misshapen is None else misshapen.num_rows
