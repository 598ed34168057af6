"""Publication by rename, and the way back to what is published.

A candidate becomes `<as_of>-<batch>.duckdb` in one rename, and CURRENT is replaced in another, each flushed
to disk before the next. A reader, or a crash, sees the old warehouse or the new one, never a mix.
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

from dagster_project.warehouse.errors import NothingPublished
from dagster_project.warehouse.home import Home

CANDIDATE_PREFIX = ".candidate-"


def publish(home: Home, candidate: Path, as_of: date, batch_id: str) -> Path:
    """Publish a finished, closed candidate file; return its published path."""
    target = home.warehouse / f"{as_of.isoformat()}-{batch_id}.duckdb"
    _flush(candidate)
    candidate.replace(target)
    _flush(home.warehouse)
    pointer = home.warehouse / f".CURRENT-{os.getpid()}"
    pointer.write_text(target.name + "\n", encoding="utf-8")
    _flush(pointer)
    pointer.replace(home.current)
    _flush(home.warehouse)
    return target


def open_published(home: Home, as_of: date | None = None) -> Path:
    """The published file: the current one, or the one that speaks for `as_of`.

    Where several batches were published for one day, the current one wins, else the latest publication.
    """
    current = _current(home)
    if as_of is None:
        if current is None:
            raise NothingPublished(
                f"No warehouse is published in {home.root}.",
                f"Build one first: certhouse run --source DIR --as-of DATE --home {home.root}",
            )
        return current
    day = as_of.isoformat()
    if current is not None and current.name.startswith(f"{day}-"):
        return current
    found = sorted(
        home.warehouse.glob(f"{day}-*.duckdb"), key=lambda path: (path.stat().st_mtime_ns, path.name)
    )
    if not found:
        published = ", ".join(sorted(path.stem for path in home.warehouse.glob("*.duckdb"))) or "none"
        raise NothingPublished(
            f"No warehouse for {day} is published in {home.root}.",
            f"Build it: certhouse run --source DIR --as-of {day} --home {home.root}. Published: {published}.",
        )
    return found[-1]


def clear_leftovers(home: Home) -> None:
    """Remove what killed runs left. Only under the write lock: no living run has a candidate then."""
    for leftover in home.warehouse.glob(f"{CANDIDATE_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for leftover in home.warehouse.glob(".CURRENT-*"):
        leftover.unlink(missing_ok=True)
    for leftover in home.scratch.iterdir():
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def _current(home: Home) -> Path | None:
    try:
        name = home.current.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    path = home.warehouse / name
    return path if name and path.is_file() else None


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
