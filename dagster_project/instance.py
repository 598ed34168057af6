"""Dagster's own state inside the home: configuration written before Dagster is imported, and what is done when it is
damaged. It can be lost and made again: nothing of ours hangs on it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from dagster_project.warehouse.home import Home

if TYPE_CHECKING:
    import dagster as dg

_CONFIGURATION = """\
# Written by certhouse. One run at a time: a home has one writer. Freshness: assets whose day has passed show it.
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
freshness:
  enabled: true
"""
_STATE = ("history", "schedules", "storage")
_DAMAGE = (
    "not a database",
    "malformed",
    "corrupt",
    "no such table",
    "no such column",
    "can't locate revision",
)


def use_home(home: Home) -> None:
    """Point this process, and those it starts, at the home's Dagster instance."""
    configuration = home.dagster / "dagster.yaml"
    if not _is_configuration(configuration):
        if configuration.exists():
            _move_aside(home, [configuration])
        configuration.write_text(_CONFIGURATION, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ["CERTHOUSE_HOME"] = str(home.root)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
    os.environ["DO_NOT_TRACK"] = "1"


@contextmanager
def opened_instance(home: Home, say: Callable[[str], None]) -> Iterator[dg.DagsterInstance]:
    """The home's instance, without runs of dead processes. A damaged one is moved aside and made again."""
    try:
        instance = _open()
    except Exception as error:
        if not _is_damage(error):
            raise
        aside = _move_aside(home, [home.dagster / name for name in _STATE])
        say(f"Dagster 的运行记录已损坏，已移到 {aside}，并重新建立（不影响数据）")
        instance = _open()
    with instance:
        yield instance


def _open() -> dg.DagsterInstance:
    import dagster as dg

    from dagster_project.dead_runs import close_dead_runs

    instance = dg.DagsterInstance.get()
    # Both databases are read, so that damage shows here and not in the middle of a run.
    close_dead_runs(instance)
    instance.get_asset_records()
    return instance


def _is_configuration(path: Path) -> bool:
    try:
        return isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)
    except (OSError, ValueError, yaml.YAMLError):
        return False


def _is_damage(error: BaseException | None) -> bool:
    """Whether a database file is broken, or of another version of Dagster. One that is only locked is not."""
    while error is not None:
        told = str(error).lower()
        if any(sign in told for sign in _DAMAGE):
            return True
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _move_aside(home: Home, paths: list[Path]) -> Path:
    number = 1
    while (aside := home.dagster / f"damaged-{number}").exists():
        number += 1
    aside.mkdir()
    for path in paths:
        if path.exists():
            path.rename(aside / path.name)
    return aside
