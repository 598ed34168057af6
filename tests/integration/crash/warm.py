"""`certhouse` in processes forked from one that has imported everything: the same command, seconds sooner.

A crash test starts dozens of runs only to kill them; what it is about begins after the imports. Run as a module this
is that process: it reads one list of arguments a line, forks, and tells the child's process id and how it ended.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType

from tests.support.command import environment

# Pools of threads do not survive a fork: who uses one afterwards waits for ever.
_NO_THREADS = {"OPENBLAS_NUM_THREADS": "1", "DBT_STATIC_PARSER": "false"}


class Run:
    """A running command. `log` is what it writes, read while it runs."""

    def __init__(self, process: int, parent: subprocess.Popen[str], log: Path) -> None:
        self.process = process
        self.log = log
        self._parent = parent

    def kill(self) -> None:
        # It may have come to its end by itself.
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)

    def wait(self) -> int:
        """Exit code, or minus the signal that ended it."""
        assert self._parent.stdout is not None
        return int(self._parent.stdout.readline())


class WarmCommand:
    """The process to fork from. One run at a time."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._parent = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**environment(), **_NO_THREADS},
        )

    def start(self, *arguments: str) -> Run:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._log.write_text("")
        self._parent.stdin.write(json.dumps([str(self._log), *arguments]) + "\n")
        self._parent.stdin.flush()
        return Run(int(self._parent.stdout.readline()), self._parent, self._log)

    def __enter__(self) -> WarmCommand:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._parent.stdin is not None
        self._parent.stdin.close()
        self._parent.wait()


def _import_what_a_run_needs() -> None:
    for name in (
        "dagster_project.definitions", "dagster_project.running", "dbt.adapters.duckdb", "dbt.cli.main",
        "dbt.task.build", "reports.dashboard", "reports.export",
    ):  # fmt: skip
        import_module(name)


def _run(log: str, arguments: list[str]) -> None:
    """In the child: never returns."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    from dagster_project.cli import main

    code = 1
    try:
        main(arguments, standalone_mode=True)
    except SystemExit as error:
        code = int(error.code or 0)
    finally:
        sys.stderr.flush()
        os._exit(code)


def _serve() -> None:
    _import_what_a_run_needs()
    # Idle pools of the libraries are no matter: a run opens databases of its own.
    assert threading.active_count() == 1, "a fork would have only one of these threads"
    for line in sys.stdin:
        log, *arguments = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(log, arguments)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    _serve()
