"""One table, view or synonym copied to a Parquet file: every cell as text, in an order that hangs on the content
alone. The content's hash stands in for a file's."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from sqlalchemy.engine import Connection

from ingestion import sql
from ingestion.sources.database.connecting import Place
from ingestion.sources.database.relations import Column, Relation
from ingestion.sources.database.values import text_array
from ingestion.sources.model import SourceFile
from ingestion.unreadable import is_unreadable

_CHUNK_ROWS = 50_000


@dataclass(frozen=True)
class Copy:
    """`columns` of the file; `unreadable` those of them in which some cell is a mark of ingestion.unreadable."""

    path: Path
    file: SourceFile
    columns: tuple[str, ...]
    unreadable: tuple[str, ...]


def copy_relation(
    connection: Connection,
    place: Place,
    relation: Relation,
    columns: dict[str, Column],
    first_by: Sequence[str],
    to: Path,
) -> Copy:
    """Copies columns of a relation under the names that `columns` gives them.

    first_by  of those names, the ones to sort by first: the key, so that rows stand as a person would look for them
    """
    unsorted = to.with_suffix(".unsorted")
    _fetch(connection, place, relation, columns, unsorted)
    file = _sort(unsorted, to, [name for name in first_by if name in columns], tuple(columns), relation.label)
    unsorted.unlink()
    return Copy(to, file, tuple(columns), _marked(to, tuple(columns)))


def _fetch(
    connection: Connection, place: Place, relation: Relation, columns: dict[str, Column], to: Path
) -> None:
    quote = connection.dialect.identifier_preparer.quote_identifier
    cells = [place.engine.cell(column, quote) for column in columns.values()]
    name = (
        quote(relation.name)
        if relation.schema is None
        else f"{quote(relation.schema)}.{quote(relation.name)}"
    )
    query = f"select {', '.join(cell.sql for cell in cells)} from {name}"
    schema = pa.schema([(column, pa.string()) for column in columns])
    with pq.ParquetWriter(to, schema, compression="zstd") as writer:
        result = connection.exec_driver_sql(
            query, execution_options={"stream_results": True, "max_row_buffer": _CHUNK_ROWS}
        )
        for rows in result.partitions(_CHUNK_ROWS):
            values = zip(*rows, strict=True)
            arrays = [text_array(column, cell.kind) for column, cell in zip(values, cells, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema))


def _sort(unsorted: Path, to: Path, first_by: list[str], columns: tuple[str, ...], name: str) -> SourceFile:
    """Sorts by key, then by everything else, and hashes the content as CSV."""
    order = ", ".join(sql.name(column) for column in dict.fromkeys([*first_by, *columns]))
    hashed = _Hash()
    with duckdb.connect(config={"temp_directory": str(to.parent / "spill")}) as connection:
        connection.execute(
            f"copy (select * from {sql.parquet(unsorted)} order by {order}) "
            f"to {sql.text(str(to))} (format parquet, compression zstd)"
        )
        names = ", ".join(sql.name(column) for column in sorted(columns))
        batches = connection.execute(f"select {names} from {sql.parquet(to)}").to_arrow_reader(_CHUNK_ROWS)
        with pyarrow.csv.CSVWriter(pa.PythonFile(hashed, "w"), batches.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
    return SourceFile(name, hashed.digest.hexdigest(), hashed.bytes)


def _marked(path: Path, columns: tuple[str, ...]) -> tuple[str, ...]:
    asked = ", ".join(f"coalesce(bool_or({is_unreadable(sql.name(column))}), false)" for column in columns)
    with duckdb.connect() as connection:
        found = connection.execute(f"select {asked} from {sql.parquet(path)}").fetchone()
    assert found is not None
    return tuple(column for column, is_marked in zip(columns, found, strict=True) if is_marked)


class _Hash:
    """A file to write to that keeps nothing but the hash and the size."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.bytes = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.bytes += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        self.closed = True
