"""Dagster's own state inside the home: configuration written before Dagster is imported."""

from __future__ import annotations

import os

from dagster_project.warehouse.home import Home

_CONFIGURATION = """\
# Written by certhouse. One run at a time: a home has one writer. Freshness: assets whose day has passed show it.
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
freshness:
  enabled: true
"""


def use_home(home: Home) -> None:
    """Point this process, and those it starts, at the home's Dagster instance."""
    configuration = home.dagster / "dagster.yaml"
    if not configuration.is_file():
        configuration.write_text(_CONFIGURATION, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ["CERTHOUSE_HOME"] = str(home.root)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"
    os.environ["DO_NOT_TRACK"] = "1"
