"""This tier may use files in a temporary folder and DuckDB in memory; no server, no browser, no network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingestion.landing import Batch, land
from tests.support.small_source import Tables, write_source

Land = Callable[..., Batch]


@pytest.fixture
def land_tables(tmp_path: Path) -> Land:
    """Writes the tables as CSV and lands them."""

    def run(tables: Tables, **how: str) -> Batch:
        return land(str(write_source(tmp_path / "source", tables, **how)), tmp_path / "home")

    return run
