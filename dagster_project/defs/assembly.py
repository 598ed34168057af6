"""All definitions put together. Importing this needs neither a home nor a dbt project."""

import dagster as dg

from dagster_project.defs import automation, console, ingestion, reports, submissions
from dagster_project.defs.asset_map import asset_map
from dagster_project.defs.inputs import input_assets
from dagster_project.defs.settings import RunSettings
from dagster_project.defs.warehouse import warehouse_assets
from dagster_project.warehouse.models import Models


def build_definitions(models: Models, settings: RunSettings | None = None) -> dg.Definitions:
    """All definitions; `settings` replaces the default source and home (tests, the command line)."""
    return dg.Definitions(
        assets=[
            *input_assets(asset_map(models)),
            ingestion.landing_batch,
            warehouse_assets(models),
            reports.dashboard,
            reports.mart_export,
            reports.annual_report,
            submissions.submission_calendar,
            *submissions.SUBMISSIONS.values(),
        ],
        asset_checks=[submissions.deadline_watch],
        jobs=automation.JOBS,
        schedules=automation.SCHEDULES,
        sensors=automation.SENSORS,
        resources={"settings": settings or RunSettings()},
        loggers={"progress": console.progress_lines},
        executor=dg.in_process_executor,
    )
