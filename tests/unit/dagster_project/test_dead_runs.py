"""Runs whose process was killed are closed; runs that go on, and runs of others, are left alone."""

from __future__ import annotations

import subprocess
import sys

import dagster as dg
from dagster._core.test_utils import create_run_for_test

from dagster_project.dead_runs import PROCESS, close_dead_runs, this_process


def test_only_the_dead_are_closed() -> None:
    """Otherwise the web UI queues behind a killed run for ever, or a living one is declared dead."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with dg.DagsterInstance.ephemeral() as instance:

        def going_on(tags: dict[str, str]) -> str:
            status = dg.DagsterRunStatus.STARTED
            return create_run_for_test(instance, job_name="daily", status=status, tags=tags).run_id

        dead = going_on({PROCESS: f"{gone.pid}-1"})
        id_used_again = going_on({PROCESS: f"{this_process().partition('-')[0]}-1"})
        living = going_on({PROCESS: this_process()})
        of_the_ui = going_on({})
        assert close_dead_runs(instance) == 2

        def status(run_id: str) -> dg.DagsterRunStatus:
            run = instance.get_run_by_id(run_id)
            assert run is not None
            return run.status

        assert status(dead) is status(id_used_again) is dg.DagsterRunStatus.FAILURE
        assert status(living) is status(of_the_ui) is dg.DagsterRunStatus.STARTED
