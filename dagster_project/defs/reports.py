"""The published warehouse to what people read: dashboard, CSV export, report on a year."""

import time
from pathlib import Path

import dagster as dg

from dagster_project.defs.failures import RETRY, explained
from dagster_project.defs.partitions import ZONE, day_of, days
from dagster_project.defs.settings import RunSettings
from dagster_project.defs.submissions import submission_calendar
from dagster_project.defs.warehouse import PUBLISHED_WAREHOUSE, mart_key, newest
from dagster_project.filing.page_rows import filing_rows
from dagster_project.warehouse.publish import open_published, published_day
from ingestion import hashing

years = dg.TimeWindowPartitionsDefinition(
    cron_schedule="0 0 1 1 *", start="2023", fmt="%Y", timezone=ZONE, end_offset=1
)
"""Calendar years, the running one included: its figures so far are asked for all year."""


@dg.asset(
    deps=[PUBLISHED_WAREHOUSE, submission_calendar],
    partitions_def=days,
    group_name="reports",
    owners=["team:reporting"],
    kinds={"html", "plotly"},
    description="Static offline dashboard in Chinese: reports/<as_of>/index.html.",
    retry_policy=RETRY,
)
def dashboard(context: dg.AssetExecutionContext, settings: RunSettings) -> dg.MaterializeResult:
    from reports.dashboard import build_dashboard

    started = time.monotonic()
    day = day_of(context)
    with explained():
        warehouse = open_published(settings.home, day)
        filings = filing_rows(settings.home)
    page = build_dashboard(warehouse, settings.home.reports / day.isoformat(), filings=filings)
    context.log.info(f"Dashboard: {page}")
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(page),
            "hash": hashing.of_file(page),
            "size_bytes": page.stat().st_size,
            "seconds_reports": time.monotonic() - started,
        }
    )


@dg.asset(
    deps=[PUBLISHED_WAREHOUSE],
    partitions_def=days,
    group_name="reports",
    owners=["team:reporting"],
    kinds={"csv"},
    description="The six marts that others compute with, as CSV: reports/<as_of>/export/.",
    retry_policy=RETRY,
)
def mart_export(context: dg.AssetExecutionContext, settings: RunSettings) -> dg.MaterializeResult:
    from reports.export import export_marts

    started = time.monotonic()
    day = day_of(context)
    with explained():
        warehouse = open_published(settings.home, day)
    written = export_marts(warehouse, settings.home.reports / day.isoformat() / "export")
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(written[0].parent),
            "dagster/row_count": sum(_lines(path) - 1 for path in written),
            "hash": dg.MetadataValue.json({path.name: hashing.of_file(path) for path in written}),
            "seconds_reports": time.monotonic() - started,
        }
    )


@dg.asset(
    deps=[newest(mart_key("fct_monthly_statistics")), newest(PUBLISHED_WAREHOUSE)],
    partitions_def=years,
    group_name="reports",
    owners=["team:reporting"],
    kinds={"html", "word"},
    description="年度报告 of every body for its management: reports/<as_of>/annual-<year>/<body>/ with HTML, Word,"
    " and PDF where a browser is installed.",
    retry_policy=RETRY,
)
def annual_report(context: dg.AssetExecutionContext, settings: RunSettings) -> dg.MaterializeResult:
    from reports.annual_report import YearRefused, annual_report_folder, write_annual_report
    from reports.annual_report.reading import bodies_of

    with explained():
        warehouse = open_published(settings.home)
    day = published_day(warehouse)
    year = int(context.partition_key)
    written = {}
    for body_id in bodies_of(warehouse):
        folder = annual_report_folder(settings.home.reports, day.isoformat(), year, body_id)
        try:
            written[body_id] = write_annual_report(warehouse, body_id, year, folder)
        except YearRefused as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        for remark in written[body_id].remarks:
            context.log.warning(f"{body_id}: {remark}")
    return dg.MaterializeResult(
        metadata={
            "bodies": len(written),
            "paths": dg.MetadataValue.json({body: str(one.html) for body, one in written.items()}),
            "hash": dg.MetadataValue.json({body: hashing.of_file(one.html) for body, one in written.items()}),
        }
    )


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
