"""Writes a table as the contract has it: all its columns in order, those not made here as NULL."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from ingestion.contract import contract
from ingestion.demo.columns import Column

Format = Literal["csv", "parquet"]

_ARROW_TYPES = {
    "text": pa.string(),
    "list": pa.string(),
    "date": pa.date32(),
    "int": pa.int64(),
    "dec": pa.decimal128(18, 6),
    "bool": pa.bool_(),
}


def write(out: Path, name: str, columns: dict[str, Column], fmt: Format) -> int:
    """Writes one table and returns its number of rows. A column that the contract does not know is an
    error."""
    expected = contract().tables[name].columns
    unknown = set(columns) - {column.name for column in expected}
    if unknown:
        raise ValueError(f"{name}: not in the contract: {', '.join(sorted(unknown))}")
    rows = len(next(iter(columns.values())))
    made = {c.name: columns.get(c.name, pa.nulls(rows, pa.string())) for c in expected}
    if fmt == "csv":
        path = out / f"{name}.csv"
        with path.open("wb") as file:
            file.write((",".join(made) + "\n").encode())
            options = pcsv.WriteOptions(include_header=False, quoting_style="none")
            pcsv.write_csv(pa.table(made), file, options)
    else:
        typed = {c.name: _typed(made[c.name], _ARROW_TYPES[c.type]) for c in expected}
        pq.write_table(pa.table(typed), out / f"{name}.parquet", compression="zstd")
    return rows


def _typed(column: Column, wanted: pa.DataType) -> Column:
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    if pa.types.is_null(column.type) or column.type != wanted:
        column = column.cast(wanted, safe=False)
    return column
