"""What is filed with the regulator, by period: one asset per kind, registered in the ledger as it is prepared."""

import datetime as dt
import time
from collections.abc import Iterator, Mapping

import dagster as dg

from dagster_project.defs.failures import RETRY, explained
from dagster_project.defs.partitions import ZONE, day_of, days
from dagster_project.defs.settings import RunSettings
from dagster_project.defs.warehouse import PUBLISHED_WAREHOUSE, mart_key, newest
from dagster_project.warehouse.publish import open_published
from reports.submissions.kinds import KINDS, Kind, Length

READY = "ready_to_file"
IN_TIME = "prepared_in_time"
_SHOWN = 20

months = dg.MonthlyPartitionsDefinition(start_date="2025-01-01", timezone=ZONE, end_offset=1)
"""Calendar months, the running one included: a clerk may look at its draft before it is over."""
years = dg.TimeWindowPartitionsDefinition(
    cron_schedule="0 0 1 1 *", start="2025", fmt="%Y", timezone=ZONE, end_offset=1
)
"""Calendar years reported on, the running one included."""

_PARTITIONS: Mapping[Length, dg.TimeWindowPartitionsDefinition] = {
    "day": days,
    "month": months,
    "year": years,
}
_PERIOD_CHARACTERS: Mapping[Length, int] = {"day": 10, "month": 7, "year": 4}
"""How much of a partition's key is the period."""
_FRESHNESS: Mapping[Length, dg.FreshnessPolicy] = {
    "month": dg.FreshnessPolicy.cron("0 18 9 * *", dt.timedelta(days=9), ZONE),
    "year": dg.FreshnessPolicy.cron("0 18 1 3 *", dt.timedelta(days=60), ZONE),
}
"""By when the last period's file is looked for, of what every body files: before the due day."""


def _submission(kind: Kind) -> dg.AssetsDefinition:
    name = f"{kind.name}_submission"
    partitions = _PARTITIONS[kind.every]

    @dg.asset(
        name=name,
        deps=[PUBLISHED_WAREHOUSE if partitions is days else newest(PUBLISHED_WAREHOUSE)],
        partitions_def=partitions,
        group_name="submissions",
        owners=["team:reporting"],
        kinds=set(kind.written_as),
        description=kind.description,
        check_specs=[
            dg.AssetCheckSpec(READY, asset=name, description="Nothing fails the form's rules, for any body.")
        ],
        freshness_policy=_FRESHNESS.get(kind.every) if kind.rule_profile == "cnca" else None,
        retry_policy=RETRY,
    )
    def submission(context: dg.AssetExecutionContext, settings: RunSettings) -> dg.MaterializeResult:
        from dagster_project.filing.scheduled import prepare_scheduled
        from reports.submissions.opened import SubmissionRefused

        period = context.partition_key[: _PERIOD_CHARACTERS[kind.every]]
        day = day_of(context) if partitions is days else None
        try:
            with explained():
                prepared = prepare_scheduled(
                    settings.home,
                    kind.name,
                    open_published(settings.home, day, whole=True),
                    period,
                    context.log.info,
                )
        except SubmissionRefused as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        for one in prepared:
            state = "ready" if one.result.ready else "NOT ready"
            context.log.info(f"{one.submission_id}: {state}")
        not_ready = [one.submission_id for one in prepared if not one.result.ready]
        return dg.MaterializeResult(
            metadata={
                "period": period,
                "submissions": len(prepared),
                "paths": dg.MetadataValue.json({one.submission_id: str(one.result.path) for one in prepared}),
                "hash": dg.MetadataValue.json(
                    {one.submission_id: one.result.manifest["files"] for one in prepared}
                ),
            },
            check_results=[
                dg.AssetCheckResult(
                    check_name=READY,
                    passed=not not_ready,
                    severity=dg.AssetCheckSeverity.WARN,
                    metadata={
                        "not_ready": not_ready,
                        "errors": sum(one.result.errors for one in prepared),
                        "warnings": sum(one.result.warnings for one in prepared),
                    },
                )
            ],
        )

    return submission


SUBMISSIONS = {kind.name: _submission(kind) for kind in KINDS.values()}


@dg.asset(
    deps=[mart_key("fct_submission_calendar"), PUBLISHED_WAREHOUSE],
    partitions_def=days,
    group_name="submissions",
    owners=["team:reporting"],
    kinds={"icalendar"},
    description="What is due to the authority and how far it has come: reports/<as_of>/submissions.ics.",
    retry_policy=RETRY,
)
def submission_calendar(context: dg.AssetExecutionContext, settings: RunSettings) -> dg.MaterializeResult:
    from dagster_project.filing.calendar_file import write_calendar
    from dagster_project.filing.due_list import due_of

    started = time.monotonic()
    with explained():
        as_of, rows = due_of(settings.home, published=day_of(context))
        path = write_calendar(rows, as_of, settings.home.reports / as_of.isoformat() / "submissions.ics")
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(path),
            "dagster/row_count": len(rows),
            "overdue": sum(row.is_overdue for row in rows),
            "seconds_reports": time.monotonic() - started,
        }
    )


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            IN_TIME,
            asset=asset.key,
            description="Nothing that is overdue or soon due lies unprepared.",
        )
        for asset in SUBMISSIONS.values()
    ],
    name="deadline_watch",
    can_subset=True,
)
def deadline_watch(
    context: dg.AssetCheckExecutionContext, settings: RunSettings
) -> Iterator[dg.AssetCheckResult]:
    """By the published warehouse and the ledger. A deadline that passes unprepared cannot be made good."""
    from dagster_project.filing.due import late_to_prepare
    from dagster_project.filing.due_list import due_of

    with explained():
        _as_of, rows = due_of(settings.home)
    late = late_to_prepare(rows)
    for kind, asset in SUBMISSIONS.items():
        if dg.AssetCheckKey(asset.key, IN_TIME) not in context.selected_asset_check_keys:
            continue
        of_kind = [row for row in late if row.kind == kind]
        for row in of_kind[:_SHOWN]:
            context.log.warning(f"{kind} {row.subject_id} due on {row.due_on}: {row.next_step}")
        yield dg.AssetCheckResult(
            check_name=IN_TIME,
            asset_key=asset.key,
            passed=not of_kind,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "unprepared": len(of_kind),
                "overdue": sum(row.is_overdue for row in of_kind),
                "subjects": [row.subject_id for row in of_kind[:_SHOWN]],
            },
        )
