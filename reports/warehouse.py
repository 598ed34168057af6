"""Opening the published warehouse. Readers never write: the file is opened read-only, without extensions."""

from __future__ import annotations

from pathlib import Path

import duckdb


def open_warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    """Read-only connection to a published warehouse file.

    Raises FileNotFoundError naming the file when it is not there.
    """
    if not path.is_file():
        raise FileNotFoundError(f"No warehouse at {path}: run `certhouse run` first.")
    return duckdb.connect(
        str(path),
        read_only=True,
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"},
    )
