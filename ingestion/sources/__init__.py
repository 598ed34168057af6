"""Where records come from: a folder of files, or a database. Each gives hashed files and the tables in
them."""

from pathlib import Path

from ingestion.errors import SourceRefused
from ingestion.location import is_database
from ingestion.mapping import Words
from ingestion.sources.folder import open_folder
from ingestion.sources.model import Extract, Origin, Part, Source, SourceFile
from ingestion.sources.supplemented import supplement

__all__ = ["Extract", "Origin", "Part", "Source", "SourceFile", "open_source", "supplement"]


def open_source(
    source: str, words: Words, scratch: Path, refusals: list[SourceRefused] | None = None
) -> Source:
    """A folder, a workbook or a database (a URL, or where one stands: see location), hashed and ready to be read.
    A database is copied into `scratch` first. What is wrong with files and tables is raised, or added to `refusals`."""
    if words.selects:
        from ingestion.sources.selected import needs, select_tables

        wanted = needs(words)
    else:
        wanted = ()
    if is_database(source):
        from ingestion.sources.database.source import Selects, open_database

        found = open_database(source, words, scratch, Selects(frozenset(words.selects), wanted), refusals)
    else:
        found = open_folder(Path(source), words, refusals)
    return select_tables(found, source, words) if words.selects else found
