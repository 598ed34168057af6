"""One writer per home, also when the other is another process, and none after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dagster_project.warehouse.errors import HomeBusy
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.lock import writing

_HOLD = """
import sys, time
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.lock import writing
with writing(Home.at(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_holds_the_home_and_a_kill_frees_it(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    command = [sys.executable, "-c", _HOLD, str(tmp_path)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(HomeBusy, match=f"process {holder.pid}") as caught, writing(home):
            pass
        assert "--home" in caught.value.hint
    finally:
        os.kill(holder.pid, signal.SIGKILL)
        holder.communicate()
    with writing(home):
        pass


def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    with pytest.raises(ValueError, match="boom"), writing(home):
        raise ValueError("boom")
    with writing(home):
        pass
