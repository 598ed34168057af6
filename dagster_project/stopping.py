"""Ctrl-C and SIGTERM end a command at once, wherever it is: one sentence, exit code 130 or 143.

Python hands a signal to its main thread, and only between two instructions; Dagster, dbt and others put handlers of
their own in the way, finish their step, and may publish meanwhile. So the kernel writes each signal into a pipe, and a
thread that does nothing else ends the process. Ending anywhere is safe: whatever is put in place is put there by
rename.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import NoReturn

_ENDED_BY = {
    signal.SIGINT: "已中断（Ctrl-C）。已发布的数据仓库完好无损，可随时重新运行。",
    signal.SIGTERM: "已按要求终止（SIGTERM）。已发布的数据仓库完好无损，可随时重新运行。",
}


_terminal = 2


def stop_at_once() -> None:
    """From now on both signals end this process and those that it started. Call from the main thread."""
    global _terminal
    _terminal = os.dup(2)  # Dagster sends what a step writes to a file
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    for number in _ENDED_BY:
        signal.signal(number, _end_here)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(reading,), name="signals", daemon=True).start()


def stop_as_usual() -> None:
    """Python's own ways again, for a command that has to end others in good order."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _watch(reading: int) -> None:
    while True:
        for number in os.read(reading, 64):
            if number in _ENDED_BY:
                _end(number)


def _end_here(number: int, _frame: FrameType | None) -> None:
    """Where the pipe is in other hands, as inside an event loop."""
    _end(number)


def _end(number: int) -> NoReturn:
    with contextlib.suppress(OSError):
        os.write(_terminal, f"\ncerthouse: {_ENDED_BY[signal.Signals(number)]}\n".encode())
    for child in _children():
        with contextlib.suppress(OSError):
            os.kill(child, signal.SIGKILL)
    os._exit(128 + number)


def _children() -> list[int]:
    """Processes that this one started; none where the kernel does not tell."""
    found: list[int] = []
    for task in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found
