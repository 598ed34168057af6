"""Ctrl-C and SIGTERM. A failure means that a person who stops a run sees a traceback, waits, or finds that it published
all the same."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.command import COMMAND, environment


@pytest.mark.parametrize(
    ("number", "after", "code", "word"),
    [(signal.SIGINT, "Loading Dagster", 130, "已中断"), (signal.SIGTERM, "rows read", 143, "已按要求终止"),
     (signal.SIGINT, "dbt: building", 130, "已中断")],
)  # fmt: skip
def test_a_run_ends_at_once_with_one_sentence(
    small_source: Path, tmp_path: Path, number: int, after: str, code: int, word: str
) -> None:
    home = tmp_path / "home"
    with subprocess.Popen(  # noqa: S603
        [*COMMAND, "run", "--source", str(small_source), "--as-of", "2026-11-15", "--home", str(home)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert any(after in line for line in process.stdout)
        time.sleep(0.3)
        sent = time.monotonic()
        process.send_signal(number)
        said = process.stdout.read()
        assert process.wait(30) == code
    assert time.monotonic() - sent < 10
    assert "Traceback" not in said
    assert said.strip().splitlines()[-1].startswith(f"certhouse: {word}")
    assert not (home / "warehouse" / "CURRENT").exists()
    assert home.stat().st_mode & 0o777 == 0o700
    assert not [path for path in home.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
