"""When things run: jobs, schedules, and the sensor on the drop folder. All off until switched on.

A home runs one thing at a time, in the order of the clock: the day's warehouse, what is to be filed of it,
then the watch over deadlines.
"""

import datetime as dt
import hashlib
from pathlib import Path

import dagster as dg

from dagster_project.defs import submissions
from dagster_project.defs.partitions import ZONE
from dagster_project.defs.reports import annual_report, dashboard, mart_export
from dagster_project.defs.settings import home_from_environment
from dagster_project.warehouse.today import today

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
daily_filings = dg.define_asset_job(
    "daily_filings",
    selection=[submissions.audit_plan_submission, submissions.status_change_submission],
    description="Audit plans and status changes that are to be reported on one day.",
)
monthly = dg.define_asset_job(
    "monthly",
    selection=[submissions.monthly_submission],
    description="The CNCA workbooks of one month, from the published warehouse.",
)
monthly_statistics = dg.define_asset_job(
    "monthly_statistics",
    selection=[submissions.monthly_statistics_submission],
    description="One month's statistics to each recipient, from the published warehouse.",
)
annual_filings = dg.define_asset_job(
    "annual_filings",
    selection=[submissions.annual_submission, submissions.social_responsibility_submission],
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
    description="Audit plans and status changes on every working morning, after the daily run.",
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


def _last_month_schedule(
    name: str, job: str, day: int, stage: str, description: str
) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=name,
        job_name=job,
        cron_schedule=f"0 7 {day} * *",
        execution_timezone=ZONE,
        description=description,
    )
    def last_month(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        before = context.scheduled_execution_time.replace(day=1) - dt.timedelta(days=1)
        partition = before.strftime("%Y-%m-01")
        return dg.RunRequest(run_key=f"{partition}-{stage}", partition_key=partition, tags={"stage": stage})

    return last_month


monthly_draft = _last_month_schedule(
    "monthly_draft", "monthly", 5, "draft", "Draft of last month's workbooks, for the clerk to correct."
)
monthly_due = _last_month_schedule(
    "monthly_due", "monthly", 10, "due", "Last month's workbooks as they are to be filed: due today."
)
monthly_statistics_draft = _last_month_schedule(
    "monthly_statistics_draft",
    "monthly_statistics",
    5,
    "draft",
    "Last month's statistics, with time to check.",
)
monthly_statistics_due = _last_month_schedule(
    "monthly_statistics_due", "monthly_statistics", 10, "due", "Last month's statistics: due today."
)


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


JOBS = [daily, annual, daily_filings, monthly, monthly_statistics, annual_filings, deadlines]
SCHEDULES = [
    every_morning,
    daily_filings_morning,
    monthly_draft,
    monthly_due,
    monthly_statistics_draft,
    monthly_statistics_due,
    annual_filings_season,
    deadline_watch,
]
SENSORS = [drop_folder]
