"""What of a home may go: old warehouses, their reports, and landings that nothing needs any more.

Never: what CURRENT names, what a registered submission was made from (its warehouse and its landing: `submission
verify --rebuild` makes the files again from them), the submissions themselves, the ledger.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import current_name
from dagster_project.warehouse.soundness import write_ahead_log
from ingestion.landing.batch import read_last
from ingestion.sealing import seal_path

_DAY = 24 * 60 * 60
_WAREHOUSE = re.compile(r"(\d{4}-\d{2}-\d{2})-([0-9a-f]+)\.duckdb")


@dataclass(frozen=True)
class Keep:
    """Warehouses to keep: the `latest` published ones, or those of the last `days`."""

    latest: int | None = None
    days: int | None = None


@dataclass(frozen=True)
class Spare:
    """One thing that may go. `kind`: warehouse, report, landing, damaged."""

    kind: str
    path: Path
    bytes: int


def spare(home: Home, keep: Keep, named: Iterable[tuple[str, str]]) -> list[Spare]:
    """What may go, warehouses first.

    named  (as_of, batch) of every registered submission
    """
    named = set(named)
    warehouses = sorted(home.warehouse.glob("*.duckdb"), key=_published_at, reverse=True)
    kept = {path for path in warehouses if _is_kept(path, warehouses, keep)}
    kept |= {path for path in warehouses if path.name == current_name(home) or _made_from(path) in named}
    kept_days = {path.name[:10] for path in kept} | {as_of for as_of, _ in named}
    kept_batches = {_made_from(path)[1] for path in kept} | {batch for _, batch in named}
    last = read_last(home.landing)
    if last is not None:  # the next landing is held against it
        kept_batches.add(last.batch_id)
    found = [Spare("warehouse", path, _size(path)) for path in warehouses if path not in kept]
    found += [
        Spare("report", path, _size(path))
        for path in _folders(home.reports)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", path.name) and path.name not in kept_days
    ]
    # Without a warehouse nobody can say which landing is needed.
    found += [
        Spare("landing", path, _size(path))
        for path in _folders(home.landing)
        if kept and path.name not in kept_batches and (path / "manifest.json").is_file()
    ]
    found += [Spare("damaged", path, _size(path)) for path in sorted(home.dagster.glob("damaged-*"))]
    return found


def remove(spares: Iterable[Spare]) -> None:
    """Remove them. Call under the write lock, with what `spare` found under it."""
    for one in spares:
        if one.path.is_dir():
            shutil.rmtree(one.path)
        else:
            one.path.unlink()
            seal_path(one.path).unlink(missing_ok=True)
            write_ahead_log(one.path).unlink(missing_ok=True)


def _is_kept(path: Path, newest_first: list[Path], keep: Keep) -> bool:
    if keep.latest is not None:
        return newest_first.index(path) < keep.latest
    assert keep.days is not None
    return _published_at(path) >= time.time() - keep.days * _DAY


def _published_at(path: Path) -> float:
    seal = seal_path(path)
    return (seal if seal.exists() else path).stat().st_mtime


def _made_from(path: Path) -> tuple[str, str]:
    """(as_of, batch) of a published file."""
    found = _WAREHOUSE.fullmatch(path.name)
    return (found[1], found[2]) if found else ("", "")


def _folders(parent: Path) -> list[Path]:
    return sorted(path for path in parent.iterdir() if path.is_dir()) if parent.is_dir() else []


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())
