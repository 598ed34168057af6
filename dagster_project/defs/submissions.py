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
    from reports.submissions import prepare_monthly
    from reports.warehouse import open_warehouse

    month = context.partition_key[:7]
    with explained():
        warehouse = open_published(settings.home)
    with open_warehouse(warehouse) as connection:
        bodies = [
            row[0]
            for row in connection.execute(
                "select body_id from marts.dim_certification_body order by 1"
            ).fetchall()
        ]
    results = {}
    for body in bodies:
        results[body] = prepare_monthly(warehouse, body, month, settings.home.submissions)
        context.log.info(f"Monthly submission {month} of {body}: {results[body].path}")
    errors = sum(result.errors for result in results.values())
    return dg.MaterializeResult(
        metadata={
            "month": month,
            "bodies": len(results),
            "paths": dg.MetadataValue.json({body: str(result.path) for body, result in results.items()}),
            "hash": dg.MetadataValue.json({body: result.manifest for body, result in results.items()}),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name="ready_to_file",
                passed=all(result.ready for result in results.values()),
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"field_errors": errors},
            )
        ],
    )
