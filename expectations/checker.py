"""The parent's side of the checking process: started early, asked once, ended always."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from expectations.outcome import Outcome, Severity, Status


class CheckingFailed(Exception):
    """The checking process could not check at all: nothing is known about the candidate."""


class Checker:
    """A context manager around `expectations.worker`.

    Great Expectations takes as long to import as a small warehouse to build: in a process of its own it
    does so on the second core, at the same time.
    """

    def __init__(self, log: Path) -> None:
        self._log = log

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "expectations.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self._log.parent,
                text=True,
                encoding="utf-8",
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.kill()
        # What could not be sent to a process that is gone is flushed when its input is closed.
        with suppress(BrokenPipeError), self._process:
            pass

    def check(self, database: Path) -> list[Outcome]:
        """All suites on a closed file. Raises CheckingFailed when there is no answer."""
        try:
            requests, answers = cast(IO[str], self._process.stdin), cast(IO[str], self._process.stdout)
            requests.write(json.dumps({"database": str(database)}) + "\n")
            requests.flush()
            line = answers.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise CheckingFailed(
                f"The checking process ended without an answer; its messages are in {self._log}."
            )
        answer = json.loads(line)
        if "error" in answer:
            raise CheckingFailed(f"The checks could not be run: {answer['error']}")
        return [_outcome(entry) for entry in answer["outcomes"]]


def _outcome(entry: dict[str, object]) -> Outcome:
    fields = {
        **entry,
        "severity": Severity(cast(str, entry["severity"])),
        "status": Status(cast(str, entry["status"])),
        "records": tuple(cast(list[str], entry["records"])),
    }
    return Outcome(**fields)  # type: ignore[arg-type]
