"""One small demo source for all tests of this folder, read once into DuckDB with the contract's types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from ingestion.contract import contract
from ingestion.demo import generate

AS_OF = dt.date(2026, 11, 15)
CERTIFICATES = 2000


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo")
    generate(out, certificates=CERTIFICATES, seed=1, as_of=AS_OF)
    return out


@pytest.fixture(scope="session")
def db(source: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Every table with its contract types: a cell that does not have its column's type fails here."""
    with duckdb.connect() as connection:
        for name, table in contract().tables.items():
            types = ", ".join(f"'{column.name}': '{column.parquet_type}'" for column in table.columns)
            connection.execute(
                f"create table {name} as select * from read_csv('{source / name}.csv', header = true, "
                f"columns = {{{types}}}, quote = '', nullstr = '')"
            )
        yield connection
