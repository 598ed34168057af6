"""When things run: jobs, schedules, and the sensor on the drop folder. All off until switched on."""

import hashlib
from pathlib import Path

import dagster as dg

from dagster_project.defs.reports import annual_statistics, dashboard, mart_export
from dagster_project.defs.settings import home_from_environment
from dagster_project.defs.submissions import monthly_submission

DAILY = "daily"
_ZONE = "Asia/Shanghai"

daily = dg.define_asset_job(
    DAILY,
    selection=dg.AssetSelection.assets(dashboard, mart_export).upstream(),
    description="Source to dashboard for one day. What `certhouse run` runs.",
)
monthly = dg.define_asset_job(
    "monthly",
    selection=[monthly_submission],
    description="The CNCA workbooks of one month, from the published warehouse.",
)
annual = dg.define_asset_job(
    "annual",
    selection=[annual_statistics],
    description="The statistics of one year, from the published warehouse.",
)

every_morning = dg.ScheduleDefinition(
    name="every_morning", job=daily, cron_schedule="0 6 * * *", execution_timezone=_ZONE
)


def _monthly_schedule(name: str, day: int, stage: str, description: str) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=name,
        job=monthly,
        cron_schedule=f"0 7 {day} * *",
        execution_timezone=_ZONE,
        description=description,
    )
    def last_month(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        this_month = context.scheduled_execution_time.replace(day=1)
        month = (this_month.replace(year=this_month.year - 1, month=12) if this_month.month == 1
                 else this_month.replace(month=this_month.month - 1))  # fmt: skip
        partition = month.strftime("%Y-%m-01")
        return dg.RunRequest(run_key=f"{partition}-{stage}", partition_key=partition, tags={"stage": stage})

    return last_month


monthly_draft = _monthly_schedule(
    "monthly_draft", 5, "draft", "Draft of last month's workbooks, for the clerk to correct."
)
monthly_due = _monthly_schedule(
    "monthly_due", 10, "due", "Last month's workbooks as they are to be filed: due today."
)


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
        run_key=seen, run_config={"resources": {"settings": {"config": {"source": str(folder)}}}}
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


JOBS = [daily, monthly, annual]
SCHEDULES = [every_morning, monthly_draft, monthly_due]
SENSORS = [drop_folder]
