"""DuckDB connections of the project: local files only, bounded memory, spill inside the home."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

MEMORY_LIMIT_VARIABLE = "CERTHOUSE_MEMORY_LIMIT"
_LARGEST_DEFAULT_GIB = 4.0


def memory_limit() -> str:
    """DuckDB's memory limit: the environment's word, else half of the machine and at most 4 GiB.

    DuckDB spills beyond it, so that a large body still fits on a small machine.
    """
    said = os.environ.get(MEMORY_LIMIT_VARIABLE)
    if said:
        return said
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{min(_LARGEST_DEFAULT_GIB, physical / 2):.1f}GiB"


def connect(path: Path, scratch: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a warehouse file. Extensions are never fetched: the network is not ours to use."""
    return duckdb.connect(
        str(path),
        read_only=read_only,
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": memory_limit(),
            "temp_directory": str(scratch),
            "threads": os.cpu_count() or 1,
        },
    )
