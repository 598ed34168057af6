"""A source with further rows for some of its tables: what the project itself knows, such as the authority's
receipts, beside what the body's records say.

The further rows are one more file of the table. They are read, judged and counted like the source's own, and
their file is part of the batch's identity.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ingestion.contract import contract
from ingestion.mapping import Words
from ingestion.sources.csv_file import CsvFile
from ingestion.sources.model import Part, Source
from ingestion.sources.union import together


def supplement(source: Source, additions: Mapping[str, Path], words: Words) -> Source:
    """The source with one more CSV file for each table named. Raises KeyError for an unknown table."""
    further: dict[str, Part] = {
        name: CsvFile.open(path, contract().tables[name], words) for name, path in sorted(additions.items())
    }
    own = {part.table.name: part for part in source.parts}
    both = {
        name: together([part for part in (own.get(name), further.get(name)) if part is not None])
        for name in contract().tables
        if name in own or name in further
    }
    return replace(source, parts=tuple(both.values()))
