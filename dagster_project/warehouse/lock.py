"""One writer per home. The lock is the kernel's, so that a killed run leaves none behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from dagster_project.warehouse.errors import HomeBusy
from dagster_project.warehouse.home import Home


@contextmanager
def writing(home: Home) -> Iterator[None]:
    """Hold the home's write lock; raise HomeBusy at once if another process holds it."""
    with home.lock.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            holder = handle.read().strip() or "unknown"
            raise HomeBusy(
                f"Another run (process {holder}) is writing to {home.root}.",
                "Wait until it has finished, or use another --home. A run that was killed holds no lock.",
                f"另一个运行（进程 {holder}）正在写入{home.root}。\n请等它结束，或换用其他 --home。被终止的运行不会占用锁。",
            ) from None
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        yield
