"""Runs that Dagster believes to be going on and whose process is gone.

A killed run cannot say that it failed. Since a home has one run at a time, the web UI would queue behind it
for ever; so every run says which process it is, and the next one closes those whose process no longer exists.
"""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg

PROCESS = "certhouse/process"

_GOING_ON = [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]


def this_process() -> str:
    """Process id and the time at which the kernel started it: ids are used again."""
    return f"{os.getpid()}-{_started(os.getpid())}"


def close_dead_runs(instance: dg.DagsterInstance) -> int:
    """Report runs of the command line whose process is gone as failed; return how many there were."""
    dead = [
        run
        for run in instance.get_runs(dg.RunsFilter(statuses=_GOING_ON))
        if PROCESS in run.tags and not _lives(run.tags[PROCESS])
    ]
    for run in dead:
        instance.report_run_failed(run, "The process of this run was killed.")
    return len(dead)


def _lives(process: str) -> bool:
    pid, _, started = process.partition("-")
    return pid.isdigit() and _started(int(pid)) == started


def _started(pid: int) -> str | None:
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
    except OSError:
        return None
    return after_name.split()[19]
