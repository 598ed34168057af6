"""The real pipeline for tests: land a folder, build a warehouse from it. No mock, no Dagster, no publication."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from dagster_project.warehouse.build import build_candidate
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import publish
from ingestion.landing import land

ALL_PROFILES = ("cnca", "icas", "zqhx", "zdqy")


def build_warehouse(
    source: Path,
    home: Path,
    as_of: date,
    profiles: tuple[str, ...] = ALL_PROFILES,
    *,
    damaged: bool = False,
) -> Path:
    """A finished, unpublished warehouse file of `source` on `as_of`; nothing of it is lost, unless `damaged`."""
    batch = land(str(source), home)
    lost = {
        name: {fate: table[fate] for fate in ("set_aside", "emptied", "missing", "stubs") if table[fate]}
        for name, table in batch.manifest["tables"].items()
    }
    assert damaged or not any(lost.values()), f"the test's own source breaks the contract: {lost}"
    return build_candidate(Home.at(home), batch, as_of, profiles, lambda _line: None).path


def publish_copy(home: Path, warehouse: Path, as_of: date, batch_id: str = "0123456789abcdef") -> Path:
    """A copy of a finished file, published in that home as a run does."""
    place = Home.at(home)
    candidate = place.scratch / "copy.duckdb"
    shutil.copyfile(warehouse, candidate)
    return publish(place, candidate, as_of, batch_id)
