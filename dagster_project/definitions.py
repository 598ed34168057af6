"""Everything that Dagster knows of certhouse. The dbt project is read as it was last parsed, not parsed here."""

from __future__ import annotations

import dagster as dg

from dagster_project.defs import automation, console, ingestion, reports, submissions
from dagster_project.defs.settings import RunSettings, home_from_environment
from dagster_project.defs.warehouse import warehouse_assets
from dagster_project.warehouse.models import Models, prepare


def build_definitions(models: Models, settings: RunSettings | None = None) -> dg.Definitions:
    """All definitions; `settings` replaces the default source, day and home (tests, the command line)."""
    return dg.Definitions(
        assets=[
            ingestion.landing_batch,
            warehouse_assets(models),
            reports.dashboard,
            reports.mart_export,
            reports.annual_statistics,
            submissions.monthly_submission,
        ],
        jobs=automation.JOBS,
        schedules=automation.SCHEDULES,
        sensors=automation.SENSORS,
        resources={"settings": settings or RunSettings()},
        loggers={"progress": console.progress_lines},
        executor=dg.in_process_executor,
    )


defs = build_definitions(prepare(home_from_environment()))
