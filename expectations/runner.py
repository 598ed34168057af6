"""Run checks on one closed DuckDB file with Great Expectations, inside the database.

Importing Great Expectations takes seconds, hence only here, and only `worker` imports this module in a run. All
expectations of a relation are asked together whether they hold, which is few statements; only of one that does not
is asked which records fail it.
"""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "False"

import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

import expectations.known  # noqa: F401 - registers it
from expectations.dialect import address
from expectations.outcome import Check, Outcome, Status

_RECORDS_IN_DETAIL = 5
_RECORDS_NAMED = 1000


def run_checks(database: Path, checks: Iterable[Check]) -> list[Outcome]:
    """One outcome per check, in the order given; what cannot be evaluated is an error and is not raised."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    wanted = list(checks)
    by_schema: dict[str, list[Check]] = defaultdict(list)
    for check in wanted:
        by_schema[check.relation.partition(".")[0]].append(check)
    outcomes: dict[tuple[str, str], Outcome] = {}
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for schema, of_schema in by_schema.items():
        for outcome in _run_in(context, database, schema, of_schema):
            outcomes[(outcome.suite, outcome.name)] = outcome
    return [
        outcomes.get((check.suite, check.name)) or _errored(check, "no result came back") for check in wanted
    ]


def _run_in(context: Any, database: Path, schema: str, checks: list[Check]) -> Iterator[Outcome]:
    try:
        source = context.data_sources.add_sql(
            name=schema, connection_string=address(str(database), schema), create_temp_table=False
        )
    except Exception as error:
        yield from (_errored(check, f"{type(error).__name__}: {error}") for check in checks)
        return
    by_relation: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        by_relation[check.relation].append(check)
    try:
        for relation, of_relation in by_relation.items():
            yield from _run_on(source, relation, of_relation)
    finally:
        source.get_execution_engine().engine.dispose()
        source.get_engine().dispose()


def _run_on(source: Any, relation: str, checks: list[Check]) -> list[Outcome]:
    try:
        asset = source.add_table_asset(name=relation, table_name=relation.partition(".")[2])
        batch = asset.add_batch_definition_whole_table("whole").get_batch()
        suite = gx.ExpectationSuite(name=relation)
        for number, check in enumerate(checks):
            suite.add_expectation(_expectation(check, number))
        validation = batch.validate(suite, result_format="BOOLEAN_ONLY")
    except Exception as error:
        return [_errored(check, f"{type(error).__name__}: {error}") for check in checks]
    return [
        _outcome(batch, checks[result.expectation_config.meta["number"]], result)
        for result in validation.results
    ]


def _expectation(check: Check, number: int) -> Any:
    return ExpectationConfiguration(
        type=check.expectation.type,
        kwargs=dict(check.expectation.arguments),
        description=f"{check.suite}.{check.name}",  # two checks may expect the same
        meta={"number": number},
    ).to_domain_obj()


def _outcome(batch: Any, check: Check, result: Any) -> Outcome:
    raised = _exception(result.exception_info)
    if raised is not None:
        return _errored(check, raised)
    if result.success is True:
        return _made(check, Status.PASS, 0, f"{check.title_zh}：通过")
    try:
        return _failed(check, _asked_for_records(batch, check))
    except Exception as error:
        return _errored(check, f"{type(error).__name__}: {error}")


def _asked_for_records(batch: Any, check: Check) -> dict[str, Any]:
    again = batch.validate(
        _expectation(check, 0),
        result_format={
            "result_format": "COMPLETE",
            "unexpected_index_column_names": list(check.record),
            "partial_unexpected_count": _RECORDS_NAMED,
        },
    )
    raised = _exception(again.exception_info)
    if raised is not None or again.success:
        raise RuntimeError(raised or "it failed and then passed")
    return dict(again.result)


def _failed(check: Check, result: dict[str, Any]) -> Outcome:
    if "unexpected_count" not in result and "details" not in result:
        return _miscounted(check, int(result["observed_value"]))
    if "details" in result:
        count, rows = result["observed_value"], result["details"]["unexpected_rows"]
        keys = {str(row["record"]) for row in rows}
    else:
        # Of columns that must be unique together the values found are the record.
        count, rows = (
            result["unexpected_count"],
            result.get("unexpected_index_list") or result["unexpected_list"],
        )
        keys = {"|".join(str(row[name]) for name in check.record if row[name] is not None) for row in rows}
    records = tuple(sorted(keys)[:_RECORDS_NAMED])
    some = "、".join(records[:_RECORDS_IN_DETAIL])
    more = " 等" if len(keys) > _RECORDS_IN_DETAIL else ""
    return _made(check, Status.FAIL, count, f"{check.title_zh}：{count} 条（{some}{more}）", records)


def _miscounted(check: Check, counted: int) -> Outcome:
    expected = check.expectation.arguments["value"]
    detail = f"{check.title_zh}：应为 {expected} 行，实为 {counted} 行"
    return _made(check, Status.FAIL, abs(counted - expected), detail)


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
