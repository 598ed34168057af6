"""Two processes at the same step at the same moment: one does it, the other is refused or comes after.

A failure means that a file can be sent twice, or approved twice by one person, or that the chain forks.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from dagster_project.filing import steps
from dagster_project.filing.errors import StepRefused
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.preparing import register
from dagster_project.filing.verifying import verify
from tests.support.filed import (
    FIRST,
    INPUTS,
    PREPARER,
    SECOND,
    SERIES,
    TODAY,
    V1,
    brought_to,
    open_ledger,
    registered,
    scratch,
    write_version,
)  # fmt: skip

ROUNDS = 20
Step = Callable[[Ledger], object]


@pytest.fixture
def memory() -> Iterator[Path]:
    with scratch() as name:
        yield Path(name)


def _at_once(root: Path, several: list[Step]) -> list[str]:
    """Each step in a process of its own, all let go together; what became of each."""
    forking = multiprocessing.get_context("fork")
    barrier = forking.Barrier(len(several))
    ends = [forking.Pipe(duplex=False) for _ in several]
    processes = [
        forking.Process(target=_one, args=(root, step, barrier, sending))
        for step, (_, sending) in zip(several, ends, strict=True)
    ]
    for process in processes:
        process.start()
    outcomes = [receiving.recv() for receiving, _ in ends]
    for process in processes:
        process.join()
    return outcomes


def _one(root: Path, step: Step, barrier: Barrier, sending) -> None:  # type: ignore[no-untyped-def]
    with open_ledger(root) as ledger:
        barrier.wait()
        try:
            step(ledger)
            sending.send("done")
        except StepRefused as refused:
            sending.send(f"refused: {refused.message}")


def _whole(root: Path, entries: int) -> None:
    with Ledger.read(root / "ledger.sqlite") as ledger:
        outcome = verify(ledger)
    assert (outcome.faults, outcome.entries) == ((), entries)


def test_sent_once(memory: Path) -> None:
    for turn in range(ROUNDS):
        root = memory / str(turn)
        with open_ledger(root) as ledger:
            registered(ledger)
            brought_to(ledger, "approved")
        outcomes = _at_once(
            root, [lambda ledger, by=by: steps.sent(ledger, V1, by=by, channel="网上") for by in ("周", "吴")]
        )
        assert sorted(outcome[:7] for outcome in outcomes) == ["done", "refused"]
        _whole(root, 5)


def test_two_different_approvals_are_both_kept(memory: Path) -> None:
    for turn in range(ROUNDS):
        root = memory / str(turn)
        with open_ledger(root) as ledger:
            registered(ledger)
            brought_to(ledger, "checked")
        outcomes = _at_once(
            root, [lambda ledger, by=by: steps.approve(ledger, V1, by=by) for by in (FIRST, SECOND)]
        )
        assert outcomes == ["done", "done"]
        with Ledger.read(root / "ledger.sqlite") as ledger:
            assert ledger.versions()[V1].phase == "approved"
        _whole(root, 4)


def test_one_person_at_two_desks_approves_once(memory: Path) -> None:
    for turn in range(ROUNDS):
        root = memory / str(turn)
        with open_ledger(root) as ledger:
            registered(ledger)
            brought_to(ledger, "checked")
        outcomes = _at_once(
            root, [lambda ledger, by=by: steps.approve(ledger, V1, by=by) for by in ("Li", " lI ")]
        )
        assert sorted(outcome[:7] for outcome in outcomes) == ["done", "refused"]
        with Ledger.read(root / "ledger.sqlite") as ledger:
            assert ledger.versions()[V1].phase == "half_approved"


def test_first_of_all_and_registered_once(memory: Path) -> None:
    """Both find no ledger at all, and the same folder."""
    for turn in range(ROUNDS):
        root = memory / str(turn)
        folder = write_version(root)

        def step(ledger: Ledger, folder: Path = folder) -> object:
            return register(ledger, SERIES, folder, INPUTS, PREPARER, TODAY)

        assert _at_once(root, [step, step]) == ["done", "done"]
        _whole(root, 1)


def test_a_reader_sees_a_whole_chain_while_others_write(memory: Path) -> None:
    with open_ledger(memory) as ledger:
        for number in range(1, 21):
            registered(ledger, series=f"monthly/B{number}/2026-10")

    def check_all(ledger: Ledger) -> None:
        for number in range(1, 21):
            steps.check(ledger, f"monthly/B{number}/2026-10", by="周")

    def read_all(_: Ledger) -> None:
        for _ in range(40):
            with Ledger.read(memory / "ledger.sqlite") as reader:
                assert not verify(reader).faults

    assert _at_once(memory, [check_all, read_all, read_all]) == ["done"] * 3
    _whole(memory, 40)
