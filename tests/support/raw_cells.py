"""The cells of one table as the reader hands them to the landing: all text, unreadable ones marked."""

from __future__ import annotations

from pathlib import Path

import duckdb

from ingestion.mapping import load_mapping
from ingestion.sources import open_source


def raw_cells(
    source: str, table: str, scratch: Path, mapping: Path | None = None
) -> list[dict[str, str | None]]:
    scratch = scratch / "raw-cells"
    scratch.mkdir(exist_ok=True)
    found = open_source(source, load_mapping(mapping), scratch)
    part = next(part for part in found.parts if part.table.name == table)
    with duckdb.connect() as connection:
        extract = part.load(connection, "raw_cells", scratch)
        result = connection.execute(f"select {', '.join(extract.columns)} from raw_cells")
        return [dict(zip(extract.columns, row, strict=True)) for row in result.fetchall()]
