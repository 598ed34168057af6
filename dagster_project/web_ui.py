"""Dagster's web server and daemon for one home, on this machine only: the UI has no login."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from dagster_project.instance import opened_instance, use_home
from dagster_project.stopping import stop_as_usual
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import prepare

_SUPERSEDED = "ignore:Function `dev_command` is superseded"
"""The command that supersedes `dagster dev` comes with a package that certhouse has no other use for."""


def serve(home: Home, source: str | None, port: int) -> int:
    """Serve until stopped; return the exit code. Ctrl-C and SIGTERM let Dagster end in good order.

    source  the default of runs started in the UI
    """
    stop_as_usual()
    home.drop.mkdir(exist_ok=True)
    use_home(home)
    prepare(home)
    with opened_instance(home, print):
        pass
    given = {"CERTHOUSE_SOURCE": source} if source is not None else {}
    command = [sys.executable, "-m", "dagster", "dev", "-m", "dagster_project.definitions"]
    process = subprocess.Popen(  # noqa: S603
        [*command, "-h", "127.0.0.1", "-p", str(port)],
        cwd=home.dagster,
        env={**os.environ, "PYTHONWARNINGS": _SUPERSEDED, **given},
    )
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        return 0
