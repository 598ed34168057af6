"""A database as a source: tables or views of the contract's names, read through SQLAlchemy in one read-only
snapshot.

Each table is streamed in chunks to a Parquet file, as text, and sorted by its key: a database keeps no order,
and the same content must give the same batch. The content's hash stands in for a file's. User name and
password stay in the URL that was given: they are in no message, log or manifest.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from ingestion import sql
from ingestion.contract import Table, contract
from ingestion.errors import SourceRefused
from ingestion.headings import Headings, match_headings
from ingestion.mapping import Words
from ingestion.sources.model import LINE, Extract, Origin, Part, Source, SourceFile
from ingestion.sources.raw_table import count, drop_blank_rows, select_raw

_CHUNK_ROWS = 50_000
_FILE_DATABASES = ("sqlite", "duckdb")


@dataclass(frozen=True)
class DatabaseTable:
    """One table of a database, already copied to `extract`: the contract columns it has, as text, in key
    order."""

    table: Table
    file: SourceFile
    extract: Path
    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    day_zero: None = None

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.file,)

    @property
    def place(self) -> str:
        return self.file.name

    def check_unchanged(self) -> None:
        """The extract is our own."""

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        columns = {name: sql.name(name) for name in self.columns}
        relation = f"read_parquet({sql.file(self.extract)}, file_row_number = true)"
        query = select_raw(columns, list(columns.values()), relation, line="file_row_number + 1")
        connection.execute(f"create temp table {raw} as {query}")
        line = drop_blank_rows(connection, raw, LINE)
        origin = Origin(self.file, None, 0, count(connection, raw))
        return Extract(line, self.columns, (origin,), self.unknown)


def open_database(url: str, words: Words, scratch: Path) -> Source:
    """Copies the contract's tables into `scratch`. Raises SourceRefused for what cannot be reached or
    read."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise SourceRefused(
            "The source is not a database URL that can be understood. Write "
            "dialect+driver://user:password@host/database."
        ) from error
    location = _without_credentials(parsed)
    _refuse_missing_file(parsed, location)
    with _errors_without_credentials(parsed, location), _snapshot(parsed) as connection:
        return _copy_tables(connection, location, words, scratch)


def _without_credentials(url: URL) -> str:
    return URL.create(url.drivername, host=url.host, port=url.port, database=url.database).render_as_string()


def _refuse_missing_file(url: URL, location: str) -> None:
    """Drivers of file databases would create a missing file, empty."""
    backend = url.get_backend_name()
    if backend in _FILE_DATABASES and url.database and not Path(url.database.removeprefix("file:")).is_file():
        raise SourceRefused(f"{location}: there is no such file. Check the path in the URL.")


@contextmanager
def _errors_without_credentials(url: URL, location: str) -> Iterator[None]:
    try:
        yield
    except (sa.exc.NoSuchModuleError, ImportError) as error:
        raise SourceRefused(
            f"{location}: the driver {url.drivername} is not installed. Install it, or use "
            f"postgresql+psycopg."
        ) from error
    except sa.exc.DBAPIError as error:
        message = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
        for secret in filter(None, [url.password, url.username]):
            message = message.replace(str(secret), "***")
        raise SourceRefused(
            f"{location}: {message}. Check the address, the account and its rights."
        ) from None
    except sa.exc.SQLAlchemyError as error:
        raise SourceRefused(f"{location}: cannot be read ({type(error).__name__}). Check the URL.") from None


@contextmanager
def _snapshot(url: URL) -> Iterator[Connection]:
    """A connection that sees all tables as of one moment, and cannot write."""
    backend = url.get_backend_name()
    arguments = {"read_only": True} if backend == "duckdb" else {}
    engine = sa.create_engine(url, hide_parameters=True, poolclass=sa.pool.NullPool, connect_args=arguments)
    if backend == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    elif backend in ("mysql", "mariadb"):
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        if backend == "sqlite":
            connection.exec_driver_sql("begin")
        yield connection


def _copy_tables(connection: Connection, location: str, words: Words, scratch: Path) -> Source:
    found, unknown = _find_tables(_names(connection), location, words)
    missing = [table for table in contract().tables.values() if table.required and table.name not in found]
    if missing:
        named = ", ".join(f"{table.name} ({table.label_zh})" for table in missing)
        raise SourceRefused(
            f"{location}: required table {named} is missing. Create a table or view of that name, "
            "or give its name in a mapping file."
        )
    parts: list[Part] = []
    for table in contract().tables.values():
        if table.name in found:
            name = found[table.name]
            headings = _headings(connection, name)
            matched = match_headings(table, headings, words, f"{location}, table {name}")
            parts.append(_copy_table(connection, table, name, headings, matched, scratch))
    return Source(location, tuple(parts), unknown)


def _names(connection: Connection) -> list[str]:
    inspector = sa.inspect(connection)
    names = {*inspector.get_table_names(), *inspector.get_view_names()}
    if connection.dialect.name == "postgresql":
        names |= {*inspector.get_materialized_view_names()}
    return sorted(names)


def _find_tables(names: list[str], location: str, words: Words) -> tuple[dict[str, str], tuple[str, ...]]:
    """Contract table -> name in the database, and the names that hold none.

    A table or view of the contract's own name comes before one with another name for it: a view made for us
    stands beside the table that it is made of.
    """
    found = {name: name for name in names if name in contract().tables}
    unknown = []
    for name in names:
        table = words.table(name)
        if table is None or (found.get(table) == table and name != table):
            unknown.append(name)
        elif found.setdefault(table, name) != name:
            raise SourceRefused(
                f"{location}: {found[table]} and {name} both hold the table {table}. Give the account rights "
                f"to only one of them, or make a view named {table}."
            )
    return found, tuple(unknown)


def _headings(connection: Connection, name: str) -> list[str]:
    """From the driver's own description: not every dialect can reflect the columns of a view."""
    everything: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(sa.table(name)).limit(0)
    return list(connection.execute(everything).keys())


def _copy_table(
    connection: Connection, table: Table, name: str, headings: Sequence[str], matched: Headings, scratch: Path
) -> DatabaseTable:
    columns = tuple(matched.positions)
    source_columns: list[sa.ColumnClause[Any]] = [
        sa.column(headings[matched.positions[column]]) for column in columns
    ]
    query = sa.select(*source_columns).select_from(sa.table(name))
    unsorted = scratch / f"{table.name}.unsorted.parquet"
    schema = pa.schema([(column, pa.string()) for column in columns])
    with pq.ParquetWriter(unsorted, schema, compression="zstd") as writer:
        result = connection.execution_options(stream_results=True, max_row_buffer=_CHUNK_ROWS).execute(query)
        for rows in result.partitions(_CHUNK_ROWS):
            arrays = [text_array(values) for values in zip(*rows, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema))
    extract = scratch / f"{table.name}.extract.parquet"
    file = _sort(unsorted, extract, table, columns, name)
    unsorted.unlink()
    return DatabaseTable(table, file, extract, columns, matched.unknown)


def _sort(unsorted: Path, extract: Path, table: Table, columns: tuple[str, ...], name: str) -> SourceFile:
    """Sorts by key, then by everything else, and hashes the content as CSV: the same whatever order it came
    in."""
    order = ", ".join(sql.name(column) for column in dict.fromkeys([*table.pk, *columns]))
    hashed = _Hash()
    with duckdb.connect(config={"temp_directory": str(extract.parent / "spill")}) as connection:
        connection.execute(
            f"copy (select * from read_parquet({sql.file(unsorted)}) order by {order}) "
            f"to {sql.text(str(extract))} (format parquet, compression zstd)"
        )
        names = ", ".join(sql.name(column) for column in sorted(columns))
        batches = connection.execute(
            f"select {names} from read_parquet({sql.file(extract)})"
        ).to_arrow_reader(_CHUNK_ROWS)
        with pyarrow.csv.CSVWriter(pa.PythonFile(hashed, "w"), batches.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
    return SourceFile(name, hashed.digest.hexdigest(), hashed.bytes)


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


def text_array(values: Sequence[Any]) -> pa.Array:
    """A column of driver values as text in the contract's own form."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= {str}:
        return pa.array(values, pa.string())
    if kinds == {bool} or kinds == {date}:
        return pa.array(values).cast(pa.string())
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: Any) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).decode("utf-8", errors="replace")
        case list() | tuple():
            return ";".join(_text(item) or "" for item in value)
        case _:
            return str(value)
