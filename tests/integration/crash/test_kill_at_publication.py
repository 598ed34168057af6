"""Killed ten times within a second of the end of the checks, where publication happens.

A failure means that a power cut can leave readers with half a warehouse, or stop the next run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.crash.killing import kill_again_and_again


@pytest.mark.slow
def test_the_published_warehouse_is_old_or_new(tmp_path: Path, small_source: Path) -> None:
    kill_again_and_again(small_source, tmp_path / "home", 10, after_checks=True)
