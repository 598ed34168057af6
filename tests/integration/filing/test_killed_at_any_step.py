"""kill -9 during every step of the life cycle, fifty times each: the step happened wholly or not at all.

Half of the kills come at a moment drawn from the step's own duration; the others stop the process at a named place
(before the entry, before the commit, after it, before the head is replaced, after it) and kill it there. Afterwards
the file passes SQLite's own check and the ledger's, readers see the state before or after, and the same step done
again is either refused because it has happened, or done.

The processes are forked from this one, which has everything loaded, so that a kill costs milliseconds.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dagster_project.filing import head as heads
from dagster_project.filing import ledger as ledgers
from dagster_project.filing import steps
from dagster_project.filing.errors import StepRefused
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.preparing import register
from dagster_project.filing.verifying import verify
from tests.support.filed import (
    ANSWERS,
    INPUTS,
    PREPARER,
    SERIES,
    TODAY,
    V1,
    V2,
    WARNING,
    WAY,
    brought_to,
    open_ledger,
    registered,
    scratch,
    write_version,
)  # fmt: skip

KILLS = 50
Step = Callable[[Ledger], object]


def _register_first(ledger: Ledger) -> object:
    """There is no ledger yet."""
    return register(ledger, SERIES, ledger.submissions / V1, INPUTS, PREPARER, TODAY)


def _register_second(ledger: Ledger) -> object:
    """The correction: its folder is there, its entry is not."""
    return register(ledger, SERIES, ledger.submissions / V2, INPUTS, PREPARER, TODAY)


def _prepare_second(root: Path) -> None:
    write_version(root, 2)


def _justify(ledger: Ledger) -> object:
    return steps.justify(ledger, V1, by="周", warnings=[WARNING], because="客户无邮箱")


@pytest.fixture
def memory() -> Iterator[Path]:
    with scratch() as name:
        yield Path(name)


# name: (the phase that it starts from, the step)
STEPS: dict[str, tuple[str, Step]] = {
    "first of all": ("", _register_first),
    "prepared": ("sent", _register_second),
    "justified": ("prepared", _justify),
    "checked": ("prepared", lambda ledger: WAY["checked"](ledger, V1)),
    "approved by one": ("checked", lambda ledger: WAY["half_approved"](ledger, V1)),
    "approved by two": ("half_approved", lambda ledger: WAY["approved"](ledger, V1)),
    "sent": ("approved", lambda ledger: WAY["sent"](ledger, V1)),
    "accepted": ("sent", lambda ledger: ANSWERS["accepted"](ledger, V1)),
    "partly accepted": ("sent", lambda ledger: ANSWERS["partly_accepted"](ledger, V1)),
    "rejected": ("sent", lambda ledger: ANSWERS["rejected"](ledger, V1)),
}
PLACES = (
    "before the entry",
    "before the commit",
    "after the commit",
    "before the new head",
    "after the new head",
)


def _home(root: Path, name: str) -> Path:
    phase, _ = STEPS[name]
    if not phase:
        write_version(root, 1)
        return root
    with open_ledger(root) as ledger:
        registered(ledger, warnings=[WARNING] if phase != "prepared" or name == "justified" else [])
        if phase != "prepared":
            _justify(ledger)
        brought_to(ledger, phase)
    if name == "prepared":
        _prepare_second(root)
    return root


def _stop_here() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _stopping_at(place: str) -> None:
    """In the child only: stop the process when it comes to that place."""
    append, write_head = Ledger.append, heads.write_head
    replace = Path.replace

    def stop_before_entry(self, entry):  # type: ignore[no-untyped-def]
        _stop_here()
        append(self, entry)

    def stop_after_entry(self, entry):  # type: ignore[no-untyped-def]
        append(self, entry)
        _stop_here()

    def stop_before_head(path, head):  # type: ignore[no-untyped-def]
        _stop_here()
        write_head(path, head)

    def stop_before_replacing(self, target):  # type: ignore[no-untyped-def]
        if self.name == ".ledger.head":
            _stop_here()
        return replace(self, target)

    def stop_after_head(path, head):  # type: ignore[no-untyped-def]
        write_head(path, head)
        _stop_here()

    if place == "before the entry":
        Ledger.append = stop_before_entry  # type: ignore[method-assign]
    elif place == "before the commit":
        Ledger.append = stop_after_entry  # type: ignore[method-assign]
    elif place == "after the commit":
        ledgers.heads.write_head = stop_before_head
    elif place == "before the new head":
        Path.replace = stop_before_replacing  # type: ignore[method-assign]
    elif place == "after the new head":
        ledgers.heads.write_head = stop_after_head


def _killed(root: Path, step: Step, *, after: float | None, place: str | None) -> None:
    child = os.fork()
    if child == 0:
        try:
            ledger = open_ledger(root)
            if place:
                _stopping_at(place)
            step(ledger)
            _stop_here()
        finally:
            os._exit(9)
    if place:
        _, status = os.waitpid(child, os.WUNTRACED)
        assert os.WIFSTOPPED(status), f"the child came to no place but ended: {status}"
    else:
        assert after is not None
        time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _seconds(home: Path, step: Step, scratch: Path) -> float:
    """How long the step takes here, opening included."""
    shutil.copytree(home, scratch)
    started = time.monotonic()
    with open_ledger(scratch) as ledger:
        step(ledger)
    duration = time.monotonic() - started
    shutil.rmtree(scratch)
    return duration


def _state(root: Path) -> tuple[int, list[tuple[str, str]]]:
    with Ledger.read(root / "ledger.sqlite") as ledger:
        outcome = verify(ledger)
        assert outcome.faults == ()
        return outcome.entries, [(filing.submission_id, filing.phase) for filing in ledger.filings()]


def _whole_file(root: Path) -> None:
    with sqlite3.connect(root / "ledger.sqlite") as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
    connection.close()


@pytest.mark.parametrize("name", STEPS)
def test_a_step_happened_wholly_or_not_at_all(memory: Path, name: str) -> None:
    _, step = STEPS[name]
    home = _home(memory / "home", name)
    before = _state(home)
    dice = random.Random(f"20261120 {name}")  # noqa: S311
    duration = _seconds(home, step, memory / "timed") * 1.2
    happened = 0
    for kill in range(KILLS):
        root = Path(shutil.copytree(home, memory / "killed"))
        place = PLACES[kill // 2 % len(PLACES)] if kill % 2 else None
        _killed(root, step, after=dice.uniform(0, duration), place=place)
        after = _state(root)
        _whole_file(root)
        assert after[0] in (before[0], before[0] + 1)
        if place is not None:
            assert (after[0] > before[0]) == (PLACES.index(place) >= 2), place
        if after[0] == before[0]:
            assert after == before
        else:
            happened += 1
        with open_ledger(root) as ledger:
            if after[0] == before[0] or name in ("first of all", "prepared", "justified"):
                step(ledger)
            else:
                with pytest.raises(StepRefused):
                    step(ledger)
            assert not verify(ledger).faults
        shutil.rmtree(root)
    assert 0 < happened < KILLS
