"""Runs a command and measures it: wall time, CPU time and the peak memory of its whole process tree."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PERIOD = 0.1
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Measured:
    """wall, cpu: seconds (cpu: user and system, all processes). peak_mib: highest sum of resident memory
    over the process and its descendants, sampled ten times a second, and never less than the kernel's own
    high-water mark of the largest single process."""

    wall: float
    cpu: float
    peak_mib: float
    code: int
    output: str


def measure(command: Sequence[str], environment: dict[str, str] | None = None) -> Measured:
    """Runs the command to its end. Its output is kept, its exit code is not judged."""
    before = time.monotonic()
    with subprocess.Popen(  # noqa: S603 - the benchmark's own command
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(environment or {})},
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
    return Measured(
        wall=time.monotonic() - before,
        cpu=usage.ru_utime + usage.ru_stime,
        peak_mib=max(watch.peak / _MIB, usage.ru_maxrss / 1024),
        code=process.returncode,
        output=output,
    )


class _Watch(threading.Thread):
    """Sums the resident memory of a process tree until told to stop."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.peak = 0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_PERIOD):
            self.peak = max(self.peak, _resident(self.root))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _resident(root: int) -> int:
    """Bytes resident in the process and its descendants; processes that end meanwhile count as nothing."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)], pages[int(entry.name)] = int(stat[1]), int(stat[21])
    family, grown = {root}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in family} - family
        family |= more
        grown = bool(more)
    return sum(pages.get(one, 0) for one in family) * os.sysconf("SC_PAGE_SIZE")
