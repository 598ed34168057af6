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

from ingestion.contract import Table, contract
from ingestion.mapping import Words
from ingestion.sources.model import Extract, Part, Source, SourceFile
from ingestion.sources.text_file import TextFile
from ingestion.sources.union import together


def supplement(source: Source, additions: Mapping[str, Path], words: Words) -> Source:
    """The source with one more text file for each table named. Raises KeyError for an unknown table."""
    further: dict[str, Part] = {
        name: Addition(TextFile.open(path, contract().tables[name], words))
        for name, path in sorted(additions.items())
    }
    own = {part.table.name: part for part in source.parts}
    both = {
        name: together([part for part in (own.get(name), further.get(name)) if part is not None])
        for name in contract().tables
        if name in own or name in further
    }
    return replace(source, parts=tuple(both.values()))


@dataclass(frozen=True)
class Addition:
    """A part that the project itself adds: what stands in it, the body has not delivered."""

    base: Part

    @property
    def table(self) -> Table:
        return self.base.table

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return self.base.files

    @property
    def place(self) -> str:
        return self.base.place

    @property
    def day_zero(self) -> date | None:
        return self.base.day_zero

    def check_unchanged(self) -> None:
        self.base.check_unchanged()

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        return replace(self.base.load(connection, raw, scratch), delivered=())
