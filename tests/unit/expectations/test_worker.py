"""The checking process: it answers, and when it cannot, nobody takes silence for a pass."""

from __future__ import annotations

import os
import time
from pathlib import Path

import duckdb
import pytest

from expectations.checker import Checker, CheckingFailed


def test_a_file_that_is_no_warehouse_is_not_passed(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "empty.duckdb")) as connection:
        connection.execute("create table t (i integer)")
    with Checker(tmp_path / "log") as checker, pytest.raises(CheckingFailed, match="manifest_table"):
        checker.check(tmp_path / "empty.duckdb")


def test_a_checking_process_that_dies_is_not_a_pass(tmp_path: Path) -> None:
    with Checker(tmp_path / "log") as checker:
        checker._process.kill()
        with pytest.raises(CheckingFailed, match="without an answer"):
            checker.check(tmp_path / "any.duckdb")


def test_the_checking_process_leaves_with_its_parent(tmp_path: Path) -> None:
    """A killed run must not leave a process that holds the candidate open."""
    with Checker(tmp_path / "log") as checker:
        pid = checker._process.pid
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("the checking process is still there")
