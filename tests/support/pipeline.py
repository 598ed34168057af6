"""The real pipeline for tests: land a folder, build a warehouse from it. No mock, no Dagster, no publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dagster_project.warehouse.build import build_candidate
from dagster_project.warehouse.home import Home
from ingestion.landing import land

ALL_PROFILES = ("cnca", "icas", "zqhx", "zdqy")


def build_warehouse(source: Path, home: Path, as_of: date, profiles: tuple[str, ...] = ALL_PROFILES) -> Path:
    """A finished, unpublished warehouse file of `source` on `as_of`; nothing may be quarantined."""
    batch = land(str(source), home)
    quarantined = {
        name: table["quarantined"] for name, table in batch.manifest["tables"].items() if table["quarantined"]
    }
    assert not quarantined, f"the test's own source breaks the contract: {quarantined}"
    return build_candidate(Home.at(home), batch, as_of, profiles, lambda _line: None).path
