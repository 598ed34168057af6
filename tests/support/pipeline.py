"""The real pipeline for tests: land a folder, build a warehouse from it. No mock, no Dagster, no publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dagster_project.warehouse.build import build_candidate
from dagster_project.warehouse.home import Home
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
    """A finished, unpublished warehouse file of `source` on `as_of`; unless it is meant to be `damaged`, nothing of it is lost."""
    batch = land(str(source), home)
    lost = {
        name: {fate: table[fate] for fate in ("set_aside", "emptied", "missing", "stubs") if table[fate]}
        for name, table in batch.manifest["tables"].items()
    }
    assert damaged or not any(lost.values()), f"the test's own source breaks the contract: {lost}"
    return build_candidate(Home.at(home), batch, as_of, profiles, lambda _line: None).path
