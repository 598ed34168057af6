"""Killed twenty times at a moment drawn from the whole duration of a run.

A failure means that a power cut can leave readers with half a warehouse, or stop the next run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.crash.killing import Target, kill_and_recover, prepare
from tests.integration.crash.warm import WarmCommand


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory, small_source: Path) -> Iterator[Target]:
    place = tmp_path_factory.mktemp("crash")
    with WarmCommand(place / "run.log") as command:
        yield prepare(command, small_source, place / "home")


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(2))
def test_the_published_warehouse_is_old_or_new(target: Target, turn: int) -> None:
    kill_and_recover(target, turn)
