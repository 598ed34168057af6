"""A believable certification business as a source folder: for a first look, for tests, and for the benchmark.

Everything in it is invented. The same certificates, seed and as_of give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from ingestion.demo import days
from ingestion.demo.tables import TABLES
from ingestion.demo.world import build
from ingestion.demo.writing import Format, write

__all__ = ["Format", "generate"]

EARLIEST = dt.date(2024, 1, 1)


def generate(
    out: Path,
    *,
    certificates: int,
    seed: int,
    as_of: dt.date,
    fmt: Format = "csv",
    progress: Callable[[str], None] | None = None,
) -> dict[str, int]:
    """Writes one file per contract table into `out` and returns the number of rows of each.

    certificates: rows of the certificate table (all systems); a few more or less below about a hundred.
    Raises ValueError for a size below 1, a day before 2024 or an unknown format.
    """
    if certificates < 1:
        raise ValueError("certificates must be at least 1")
    if as_of < EARLIEST:
        raise ValueError(f"as_of must not be before {EARLIEST}: the cycles begin three years before its year")
    if fmt not in ("csv", "parquet"):
        raise ValueError(f"unknown format {fmt!r}: csv or parquet")
    say = progress or (lambda _: None)
    world = build(certificates, seed, days.number(as_of), say)
    out.mkdir(parents=True, exist_ok=True)
    rows = {}
    for name, make in TABLES.items():
        rows[name] = write(out, name, make(world), fmt)
        say(f"{name}: {rows[name]:,} rows")
    return rows
