"""From the warehouse to the content model: opens the file, settles the days, asks every chapter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from reports.annual_report.asking import Asking
from reports.annual_report.chapters import (
    audits,
    capacity,
    caveats,
    certificates,
    complaints,
    people,
    reporting,
    rules,
    surveillance,
    workload,
)
from reports.annual_report.model import Chapter, Figure, Report
from reports.annual_report.period import Period, YearRefused, period_of
from reports.dashboard.run import Run, read_run
from reports.warehouse import open_warehouse

CHAPTERS = (
    certificates,
    audits,
    workload,
    rules,
    surveillance,
    complaints,
    people,
    capacity,
    reporting,
    caveats,
)


def read_report(warehouse: Path, body_id: str, year: int, *, masked: bool = False) -> Report:
    """The year of `body_id`. Raises YearRefused for a body that is not there and for a year to come."""
    with open_warehouse(warehouse) as connection:
        run = read_run(connection)
        name = dict(run.bodies).get(body_id)
        if name is None:
            known = ", ".join(body for body, _ in run.bodies) or "none"
            raise YearRefused(f"No body {body_id} in the warehouse. Known: {known}.")
        as_of = date.fromisoformat(run.as_of)
        period = period_of(year, as_of)
        first_record = _first_record(connection, body_id)
        before: Period | None = period.before()
        if before and (first_record is None or first_record > before.last_on):
            before = None
        asking = Asking(connection, body_id, as_of, period, before, masked)
        return Report(
            body_id=body_id,
            body_name=name,
            year=year,
            as_of=as_of,
            first_on=period.first_on,
            last_on=period.last_on,
            is_running=asking.is_running,
            batch_id=run.batch_id,
            rule_set_version=run.rule_set_version,
            profiles="、".join(run.profile_names),
            is_masked=masked,
            notices=_notices(asking, first_record, run),
            chapters=tuple(_without_empty_charts(module.chapter(asking)) for module in CHAPTERS),
        )


def _without_empty_charts(chapter: Chapter) -> Chapter:
    """An axis without a bar says less than the table beneath it."""
    blocks = [block for block in chapter.blocks if not (isinstance(block, Figure) and block.chart.is_empty)]
    return replace(chapter, blocks=tuple(blocks))


def _first_record(connection: duckdb.DuckDBPyConnection, body_id: str) -> date | None:
    """The first day on which the body issued a certificate or ended an audit."""
    (found,) = connection.execute(
        "select least((select min(flow_on) from marts.fct_certificate_flow where body_id = $body),"
        " (select min(actual_end) from marts.fct_audit where body_id = $body and is_done))",
        {"body": body_id},
    ).fetchone() or (None,)
    return found


def _notices(asking: Asking, first_record: date | None, run: Run) -> tuple[str, ...]:
    """What must not be overlooked, said on the first page."""
    found = []
    if first_record is None or first_record > asking.period.last_on:
        found.append(f"{asking.period.first_on.year} 年没有证书和审核的记录：这些项为零只说明没有数据。")
    if asking.is_running:
        found.append(f"本年尚未结束，数字截至 {run.as_of}；上年取同期。")
    return tuple(found)


def bodies_of(warehouse: Path) -> list[str]:
    """The bodies that a report can be written for."""
    with open_warehouse(warehouse) as connection:
        return [body for body, _ in read_run(connection).bodies]
