"""What is filed with the regulator, by period."""

import dagster as dg

from dagster_project.defs.failures import RETRY, explained
from dagster_project.defs.settings import RunSettings
from dagster_project.defs.warehouse import PUBLISHED_WAREHOUSE
from dagster_project.warehouse.publish import open_published

months = dg.MonthlyPartitionsDefinition(start_date="2025-01-01", timezone="Asia/Shanghai", end_offset=1)
"""Calendar months, the running one included: a clerk may look at its draft before it is over."""


@dg.asset(
    deps=[PUBLISHED_WAREHOUSE],
    partitions_def=months,
    group_name="submissions",
    owners=["team:reporting"],
    kinds={"excel"},
    description="The month's CNCA workbook of every body: 证书信息表 and 审核结果信息表, validated before"
    " they are written; what fails validation is listed in an error workbook beside it.",
    check_specs=[
        dg.AssetCheckSpec(
            "ready_to_file", asset="monthly_submission", description="No field fails the form's rules."
        )
    ],
    retry_policy=RETRY,
)
def monthly_submission(context: dg.AssetExecutionContext, settings: RunSettings) -> dg.MaterializeResult:
    from reports.submissions import SubmissionRefused, prepare_all_monthly

    month = context.partition_key[:7]
    with explained():
        warehouse = open_published(settings.home)
    try:
        results = prepare_all_monthly(warehouse, month, settings.home.submissions)
    except SubmissionRefused as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    for body, result in results.items():
        context.log.info(f"Monthly submission {month} of {body}: {result.path}")
    return dg.MaterializeResult(
        metadata={
            "month": month,
            "bodies": len(results),
            "paths": dg.MetadataValue.json({body: str(result.path) for body, result in results.items()}),
            "hash": dg.MetadataValue.json(
                {body: result.manifest["files"] for body, result in results.items()}
            ),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name="ready_to_file",
                passed=all(result.ready for result in results.values()),
                severity=dg.AssetCheckSeverity.WARN,
                metadata={
                    "not_ready": [body for body, result in results.items() if not result.ready],
                    "errors": sum(result.errors for result in results.values()),
                    "warnings": sum(result.warnings for result in results.values()),
                },
            )
        ],
    )
