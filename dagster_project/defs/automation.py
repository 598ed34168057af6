"""When things run: jobs, schedules, and the sensor on the drop folder. All off until switched on.

A home runs one thing at a time, in the order of the clock: the day's warehouse, what is to be filed of it,
then the watch over deadlines.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

import dagster as dg

from dagster_project.defs import submissions
from dagster_project.defs.partitions import ZONE
from dagster_project.defs.reports import annual_report, dashboard, mart_export
from dagster_project.defs.settings import home_from_environment
from dagster_project.warehouse.today import today
from reports.submissions.kinds import Kind, kinds_of

DAILY = "daily"

daily = dg.define_asset_job(
    DAILY,
    selection=dg.AssetSelection.assets(dashboard, mart_export).upstream(),
    description="Source to dashboard for one day. What `certhouse run` runs.",
)
annual = dg.define_asset_job(
    "annual",
    selection=[annual_report],
    description="The report on one year for management, from the published warehouse.",
)


def _assets(kinds: Iterable[Kind]) -> list[dg.AssetsDefinition]:
    return [submissions.SUBMISSIONS[kind.name] for kind in kinds]


daily_filings = dg.define_asset_job(
    "daily_filings",
    selection=_assets(kinds_of("day")),
    description="What is to be reported on one day.",
)
monthly_filings = [
    dg.define_asset_job(
        kind.name,
        selection=_assets([kind]),
        description=f"{kind.label_zh}: the files of one month, from the published warehouse.",
    )
    for kind in kinds_of("month")
]
annual_filings = dg.define_asset_job(
    "annual_filings",
    selection=_assets(kinds_of("year")),
    description="The reports on one year, from the published warehouse.",
)
deadlines = dg.define_asset_job(
    "deadlines",
    selection=dg.AssetSelection.checks(submissions.deadline_watch),
    description="Warns of what is soon due and lies nowhere prepared.",
)

deadline_watch = dg.ScheduleDefinition(
    name="deadline_watch",
    job=deadlines,
    cron_schedule="0 8 * * *",
    execution_timezone=ZONE,
    description="After what is prepared in the morning: also on holidays, when three calendar days go on.",
)


@dg.schedule(
    name="every_morning",
    job=daily,
    cron_schedule="0 6 * * *",
    execution_timezone=ZONE,
    description="The warehouse of the day, with its reports.",
)
def every_morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    day = context.scheduled_execution_time.date()
    return dg.RunRequest(run_key=f"{day}", partition_key=f"{day}")


@dg.schedule(
    name="daily_filings_morning",
    job=daily_filings,
    cron_schedule="0 7 * * *",
    execution_timezone=ZONE,
    description="What is to be reported on the day, on every working morning after the daily run.",
)
def daily_filings_morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    day = context.scheduled_execution_time.date()
    if not is_working_day(day):
        return dg.SkipReason(f"{day} is not a working day.")
    return dg.RunRequest(run_key=f"{day}", partition_key=f"{day}")


def is_working_day(day: dt.date) -> bool:
    """By China's calendar; in a year that is not announced yet, Monday to Friday."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.isoweekday() <= 5


def _last_month_schedule(kind: Kind, day: int, stage: str, description: str) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=f"{kind.name}_{stage}",
        job_name=kind.name,
        cron_schedule=f"0 7 {day} * *",
        execution_timezone=ZONE,
        description=f"{kind.label_zh}: {description}",
    )
    def last_month(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        before = context.scheduled_execution_time.replace(day=1) - dt.timedelta(days=1)
        partition = before.strftime("%Y-%m-01")
        return dg.RunRequest(run_key=f"{partition}-{stage}", partition_key=partition, tags={"stage": stage})

    return last_month


monthly_schedules = [
    schedule
    for kind in kinds_of("month")
    for schedule in (
        _last_month_schedule(kind, 5, "draft", "last month's, for the clerk to correct."),
        _last_month_schedule(kind, 10, "due", "last month's as they are to be filed: due today."),
    )
]


@dg.schedule(
    name="annual_filings_season",
    job=annual_filings,
    cron_schedule="0 7 5,20 1-3 *",
    execution_timezone=ZONE,
    description="Last year's reports, twice a month from January on: due on 31 March unless told otherwise.",
)
def annual_filings_season(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    day = context.scheduled_execution_time.date()
    return dg.RunRequest(run_key=f"{day}", partition_key=f"{day.year - 1}")


@dg.sensor(
    name="drop_folder",
    job=daily,
    minimum_interval_seconds=60,
    description="Runs the daily job when files in the home's drop folder have changed and then stood still.",
)
def drop_folder(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    folder = home_from_environment().drop
    seen = fingerprint(folder)
    if seen is None:
        return dg.SkipReason(f"No file in {folder}.")
    if seen != context.cursor:
        context.update_cursor(seen)
        return dg.SkipReason("Files have changed: waiting until they stand still.")
    return dg.RunRequest(
        run_key=seen,
        partition_key=today().isoformat(),
        run_config={"resources": {"settings": {"config": {"source": str(folder)}}}},
    )


def fingerprint(folder: Path) -> str | None:
    """Names, sizes and times of the files in a folder; None where there is none."""
    files = sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith("."))
    if not files:
        return None
    digest = hashlib.sha256()
    for path in files:
        status = path.stat()
        digest.update(f"{path.name}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:32]


JOBS = [daily, annual, daily_filings, *monthly_filings, annual_filings, deadlines]
SCHEDULES = [
    every_morning,
    daily_filings_morning,
    *monthly_schedules,
    annual_filings_season,
    deadline_watch,
]
SENSORS = [drop_folder]
