"""When this process began: progress lines count from here."""

from __future__ import annotations

import time

_STARTED = time.monotonic()


def elapsed() -> float:
    """Seconds since this module was first imported, which the command line does first of all."""
    return time.monotonic() - _STARTED


def line(message: str) -> str:
    """A progress line as people see it."""
    return f"[{elapsed():6.1f} s] {message}"
