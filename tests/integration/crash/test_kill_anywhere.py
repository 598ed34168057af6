"""Killed twenty times at a moment drawn from the whole duration of a run.

A failure means that a power cut can leave readers with half a warehouse, or stop the next run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.crash.killing import Target, kill_and_recover, prepare


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory, small_source: Path) -> Target:
    return prepare(small_source, tmp_path_factory.mktemp("crash") / "home")


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(4))
def test_the_published_warehouse_is_old_or_new(target: Target, turn: int) -> None:
    kill_and_recover(target, turn, after_checks=False)
