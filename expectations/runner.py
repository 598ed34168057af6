"""Run checks on one closed DuckDB file with Great Expectations, inside the database.

Importing Great Expectations takes seconds, hence only here, and only `worker` imports this module in a run.
"""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "False"

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.data_context.types.base import ProgressBarsConfig

from expectations.dialect import SCHEME, register
from expectations.outcome import Check, Outcome, Status

_RECORDS_IN_DETAIL = 5


def run_checks(database: Path, checks: Iterable[Check]) -> list[Outcome]:
    """One outcome per check, in the order given; what cannot be evaluated is an error and is not raised."""
    register()
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_sql(
        name="warehouse",
        connection_string=f"{SCHEME}:///{database}?access_mode=read_only",
        create_temp_table=False,
    )
    wanted = list(checks)
    by_table: dict[str, list[Check]] = defaultdict(list)
    for check in wanted:
        by_table[check.table].append(check)
    outcomes: dict[tuple[str, str], Outcome] = {}
    try:
        for table, of_table in by_table.items():
            for outcome in _run_on(source, table, of_table):
                outcomes[(outcome.suite, outcome.name)] = outcome
    finally:
        source.get_execution_engine().engine.dispose()
        source.get_engine().dispose()
    return [
        outcomes.get((check.suite, check.name)) or _errored(check, "no result came back") for check in wanted
    ]


def _run_on(source: Any, table: str, checks: list[Check]) -> list[Outcome]:
    try:
        asset = source.add_query_asset(name=table, query=f"select * from {table}")
        batch = asset.add_batch_definition_whole_table("whole").get_batch()
        suite = gx.ExpectationSuite(name=table)
        for number, check in enumerate(checks):
            suite.add_expectation(
                gxe.UnexpectedRowsExpectation(
                    unexpected_rows_query=f"select record from ({check.sql}) as unexpected order by record",
                    description=check.name,
                    meta={"number": number},
                )
            )
        validation = batch.validate(suite, result_format="COMPLETE")
    except Exception as error:
        return [_errored(check, f"{type(error).__name__}: {error}") for check in checks]
    return [
        _outcome(checks[result.expectation_config.meta["number"]], result) for result in validation.results
    ]


def _outcome(check: Check, result: Any) -> Outcome:
    raised = _exception(result.exception_info)
    observed = result.result.get("observed_value")
    if raised is not None or observed is None:
        return _errored(check, raised or "no count came back")
    if result.success:
        return _made(check, Status.PASS, 0, f"{check.title_zh}：通过")
    records = tuple(str(row["record"]) for row in result.result["details"]["unexpected_rows"])
    some = "、".join(records[:_RECORDS_IN_DETAIL])
    more = " 等" if observed > _RECORDS_IN_DETAIL else ""
    return _made(check, Status.FAIL, observed, f"{check.title_zh}：{observed} 条（{some}{more}）", records)


def _errored(check: Check, reason: str) -> Outcome:
    return _made(
        check, Status.ERROR, None, f"{check.title_zh}：检查无法执行（{' '.join(reason.split())[:300]}）"
    )


def _made(
    check: Check, status: Status, observed: int | None, detail: str, records: tuple[str, ...] = ()
) -> Outcome:
    return Outcome(check.suite, check.name, check.severity, status, observed, detail, records)


def _exception(info: dict[str, Any]) -> str | None:
    """The message of an exception, which Great Expectations reports either flat or by metric."""
    if "raised_exception" in info:
        return str(info["exception_message"]) if info["raised_exception"] else None
    messages = [str(entry["exception_message"]) for entry in info.values() if entry.get("raised_exception")]
    return messages[0] if messages else None
