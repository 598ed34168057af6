"""`certhouse run` killed with SIGKILL again and again: readers have the old warehouse or the new one.

Each round starts a run for the other of two days and kills it. After each kill the published file is opened and must
speak for one of the two days, whole. A run to the end follows every tenth kill, on what up to ten killed runs have
left behind, and must give the bytes of an undisturbed run. The runs are forked from a process that has imported
everything: what a crash could spoil begins after that.
"""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.integration.crash.warm import WarmCommand

KILLS_A_TURN = 10
DAYS = ("2026-11-15", "2026-10-31")
SEED = 20260301


def _arguments(source: Path, home: Path, day: str) -> list[str]:
    return ["run", "--source", str(source), "--as-of", day, "--home", str(home)]


def _run_to_the_end(command: WarmCommand, source: Path, home: Path, day: str) -> float:
    started = time.monotonic()
    run = command.start(*_arguments(source, home, day))
    assert run.wait() == 0, run.log.read_text()
    return time.monotonic() - started


def _run_and_kill(command: WarmCommand, source: Path, home: Path, day: str, moment: float) -> None:
    run = command.start(*_arguments(source, home, day))
    time.sleep(moment)
    run.kill()
    run.wait()


def _published(home: Path) -> str:
    """The day that the published file speaks for; it must be whole."""
    name = (home / "warehouse" / "CURRENT").read_text().splitlines()[0]
    with duckdb.connect(str(home / "warehouse" / name), read_only=True) as connection:
        day, certificates, checked = connection.execute(
            "select cast(as_of as varchar), (select count(*) from marts.dim_certificate),"
            " (select count(*) from meta.check_result where suite = 'marts' and status = 'pass')"
            " from marts.dim_run"
        ).fetchall()[0]
    assert name.startswith(day)
    assert certificates > 0
    assert checked >= 16
    return str(day)


def _exports(home: Path, day: str) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (home / "reports" / day / "export").glob("*.csv")
    }


@dataclass(frozen=True)
class Target:
    """A home with both days published once, undisturbed: how long that took, and the bytes that it gave."""

    command: WarmCommand
    source: Path
    home: Path
    duration: float
    undisturbed: dict[str, dict[str, str]]


def prepare(command: WarmCommand, source: Path, home: Path) -> Target:
    duration = 0.0
    undisturbed = {}
    for day in DAYS:
        duration = _run_to_the_end(command, source, home, day)
        undisturbed[day] = _exports(home, day)
        assert len(undisturbed[day]) == 6
    return Target(command, source, home, duration, undisturbed)


def kill_and_recover(target: Target, turn: int) -> None:
    """Ten kills at any moment of a run; then a run to the end."""
    home = target.home
    dice = random.Random(SEED + turn)  # noqa: S311
    for kill in range(KILLS_A_TURN):
        before = _published(home)
        day = next(other for other in DAYS if other != before)
        moment = dice.uniform(0, target.duration)
        _run_and_kill(target.command, target.source, home, day, moment)
        assert _published(home) in (before, day), f"kill {kill} of turn {turn} at {moment:.2f} s"
    _run_to_the_end(target.command, target.source, home, day)
    assert _published(home) == day
    assert _exports(home, day) == target.undisturbed[day]
    left = sorted(path.name for path in (home / "warehouse").iterdir() if path.name.startswith(".candidate-"))
    assert left == []
    assert not list((home / "landing").glob(".draft-*"))
