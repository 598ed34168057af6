"""Finds the tables in a folder: a file for each, or a workbook with a sheet for each."""

from collections.abc import Callable
from pathlib import Path

from ingestion.contract import Table, contract
from ingestion.errors import SourceRefused
from ingestion.mapping import Words
from ingestion.sources.csv_file import CsvFile
from ingestion.sources.model import Part, Source
from ingestion.sources.parquet_file import ParquetFile
from ingestion.sources.workbook import WORKBOOK_SUFFIXES, open_workbook

_OneTable = Callable[[Path, Table, Words], Part]
_ONE_TABLE: dict[str, _OneTable] = {".csv": CsvFile.open, ".parquet": ParquetFile.open}


def open_folder(path: Path, words: Words) -> Source:
    """A folder, or a single workbook. Raises SourceRefused when what it holds cannot be read in one way."""
    if not path.exists():
        raise SourceRefused(f"{path}: there is no such folder. Check the path given as source.")
    files = [path] if path.is_file() else _visible_files(path)
    if path.is_file() and path.suffix.lower() not in WORKBOOK_SUFFIXES:
        raise SourceRefused(
            f"{path}: a single file must be a workbook (.xlsx). Give the folder that the files are in."
        )
    parts: list[Part] = []
    unknown: list[str] = []
    for file in files:
        found, ignored = _parts_of(file, words)
        parts += found
        unknown += ignored
    _refuse_doubles(parts)
    _refuse_missing(path, parts, unknown)
    order = list(contract().tables)
    parts.sort(key=lambda part: order.index(part.table.name))
    return Source(location=str(path.resolve()), parts=tuple(parts), unknown=tuple(sorted(unknown)))


def _visible_files(folder: Path) -> list[Path]:
    """Files only; those that systems and spreadsheets leave about ('.name', '~$name') are not part of a
    source."""
    try:
        return sorted(
            file for file in folder.iterdir() if file.is_file() and not file.name.startswith((".", "~$"))
        )
    except OSError as error:
        raise SourceRefused(
            f"{folder}: cannot be read ({error.strerror}). Check the path and its rights."
        ) from error


def _parts_of(file: Path, words: Words) -> tuple[list[Part], list[str]]:
    suffix = file.suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        return open_workbook(file, words)
    table = words.table(file.stem)
    if table is None or suffix not in _ONE_TABLE:
        return [], [file.name]
    return [_ONE_TABLE[suffix](file, contract().tables[table], words)], []


def _refuse_doubles(parts: list[Part]) -> None:
    by_table: dict[str, str] = {}
    for part in parts:
        name = part.place
        if part.table.name in by_table:
            raise SourceRefused(
                f"{by_table[part.table.name]} and {name} both hold the table {part.table.name}. "
                "Leave only one of them in the source."
            )
        by_table[part.table.name] = name


def _refuse_missing(path: Path, parts: list[Part], unknown: list[str]) -> None:
    present = {part.table.name for part in parts}
    missing = [t for t in contract().tables.values() if t.required and t.name not in present]
    if missing:
        named = ", ".join(f"{table.name} ({table.label_zh})" for table in missing)
        others = f" Not recognized: {', '.join(unknown)}." if unknown else ""
        raise SourceRefused(
            f"{path}: required table {named} is missing.{others} "
            "Add it as CSV, Parquet or a worksheet of that name, or give its name in a mapping file."
        )
