"""The filled rows, kept as Parquet beside the file that was filed: what later versions are compared with.

They say what the workbook or document says, personal data included, and are no part of what is sent. A version from
before rows were kept has none; then its file is read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.sql import text as quoted

SUFFIX = ".parquet"
ROWS = f"rows{SUFFIX}"
# Few enough that wide rows are written in little memory.
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class KeptValue:
    """One value of a table (sheet, key, field), or one line of a document (sheet alone). file: which it stands in."""

    file: str
    sheet: str
    key: str
    field: str
    value: str


def is_kept_rows(name: str) -> bool:
    """Whether a file of a version holds rows: made of the same as what was filed, and not filed itself."""
    return name.endswith(SUFFIX)


def sheet_rows_file(code: str) -> str:
    """The file of one sheet of records."""
    return f"rows-{code}{SUFFIX}"


def copy_rows(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write what the query selects, in its order. The same rows give the same bytes by the same DuckDB."""
    connection.execute(
        f"copy ({query}) to {quoted(str(path))} (format parquet, compression zstd, row_group_size {_ROWS_AT_ONCE})"
    )


def write_values(values: Sequence[KeptValue], folder: Path) -> None:
    """Write the values in their order."""
    names = [field.name for field in fields(KeptValue)]
    columns = {name: [getattr(value, name) for value in values] for name in names}
    table = pa.table(columns, pa.schema([(name, pa.string()) for name in names]))
    pq.write_table(table, folder / ROWS, compression="zstd")


def read_values(folder: Path) -> list[KeptValue] | None:
    """As they were written; None where a version has none."""
    if not (folder / ROWS).is_file():
        return None
    return [KeptValue(**row) for row in _table(folder / ROWS).to_pylist()]


def same_rows(one: Path, other: Path) -> bool:
    """Whether two files hold the same rows, whichever program version wrote them."""
    return bool(_table(one).equals(_table(other)))


def _table(path: Path) -> pa.Table:
    """The file alone: a folder that is called kind=x is no column."""
    return pq.ParquetFile(path).read()
