"""Publication by rename, and the way back to what is published.

A candidate is sealed, becomes `<as_of>-<batch>.duckdb` in one rename, and CURRENT is replaced in another, each
flushed to disk before the next. A reader, or a crash, sees the old warehouse or the new one, never a mix.
CURRENT has the name of the published file in its first line and its SHA-256 in the second.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from dagster_project.warehouse.errors import NothingPublished
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.soundness import refuse_unsound, write_ahead_log
from dagster_project.warehouse.version import PROGRAM, SCHEMA
from ingestion.placing import place_file, sweep, sync
from ingestion.sealing import read_seals, take_seal, write_seals

CANDIDATE_PREFIX = ".candidate-"


def publish(home: Home, candidate: Path, as_of: date, batch_id: str) -> Path:
    """Publish a finished, closed candidate file; return its published path."""
    target = home.warehouse / f"{as_of.isoformat()}-{batch_id}.duckdb"
    seal = take_seal(candidate, program=PROGRAM, schema=SCHEMA)
    sync(candidate)
    # Between the two renames the file may be the one or the other: both seals stand until it is the new one.
    write_seals(target, seal, *read_seals(target))
    # What a killed program left beside the old file is not replayed over the new one.
    write_ahead_log(target).unlink(missing_ok=True)
    candidate.replace(target)
    sync(home.warehouse)
    write_seals(target, seal)
    place_file(home.current, f"{target.name}\n{seal.sha256}\n".encode())
    return target


def open_published(home: Home, as_of: date | None = None, *, whole: bool = False) -> Path:
    """The published file: the current one, or the one that speaks for `as_of`.

    Where several batches were published for one day, the current one wins, else the latest publication. Raises
    NothingPublished, and NotAsPublished for a file that another program changed, holds or left a log for.

    whole  verify the hash of the whole file
    """
    path = _find(home, as_of)
    refuse_unsound(path, whole=whole)
    return path


def published_day(warehouse: Path) -> date:
    """The day for which a published file speaks, by its own word."""
    from reports.warehouse import open_warehouse  # one configuration for all readers of a file in a process

    with open_warehouse(warehouse) as connection:
        row = connection.execute("select as_of from marts.dim_run").fetchone()
    assert row is not None, "a structural check keeps dim_run at one row"
    as_of: date = row[0]
    return as_of


def _find(home: Home, as_of: date | None) -> Path:
    current = _current(home)
    if as_of is None:
        if current is None:
            raise _nothing_current(home)
        return current
    day = as_of.isoformat()
    if current is not None and current.name.startswith(f"{day}-"):
        return current
    found = sorted(
        home.warehouse.glob(f"{day}-*.duckdb"), key=lambda path: (path.stat().st_mtime_ns, path.name)
    )
    if not found:
        published = ", ".join(_published(home)) or "none"
        raise NothingPublished(
            f"No warehouse for {day} is published in {home.root}.",
            f"Build it: certhouse run --source DIR --as-of {day} --home {home.root}. Published: {published}.",
            f"{home.root}中没有{day}的已发布数据仓库（已有：{published}）。\n"
            f"请运行：certhouse run --source DIR --as-of {day} --home {home.root}",
        )
    return found[-1]


def _nothing_current(home: Home) -> NothingPublished:
    published = _published(home)
    if not published:
        return NothingPublished(
            f"No warehouse is published in {home.root}.",
            f"Build one first: certhouse run --source DIR --as-of DATE --home {home.root}",
            f"{home.root}中还没有发布过数据仓库。\n请先运行：certhouse run --source DIR --as-of DATE --home {home.root}",
        )
    return NothingPublished(
        f"{home.current} is missing or damaged: it names no published file.",
        f"Run again: certhouse run --source DIR --home {home.root}; or read a day with --as-of: {', '.join(published)}",
        f"{home.current}缺失或已损坏，没有指明已发布的文件。\n"
        f"请重新运行：certhouse run --source DIR --home {home.root}；"
        f"或用 --as-of 读取某一天：{'、'.join(published)}",
    )


def clear_leftovers(home: Home) -> None:
    """Remove what killed runs left. Only under the write lock: no living run has a candidate then."""
    for leftover in home.warehouse.glob(f"{CANDIDATE_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    sweep(home.warehouse)
    for leftover in home.scratch.iterdir():
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def current_name(home: Home) -> str | None:
    """The name that CURRENT gives, whether or not there is such a file."""
    try:
        lines = home.current.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return lines[0].strip() if lines else None


def _published(home: Home) -> list[str]:
    return sorted(path.stem for path in home.warehouse.glob("*.duckdb"))


def _current(home: Home) -> Path | None:
    name = current_name(home)
    if not name or Path(name).name != name or "\0" in name:
        return None
    path = home.warehouse / name
    return path if path.is_file() else None
