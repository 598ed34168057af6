"""From a landed batch to a finished candidate: a new DuckDB file that nobody reads yet."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dagster_project.warehouse import meta
from dagster_project.warehouse.database import connect
from dagster_project.warehouse.dbt_run import NodeResult, run_models
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import CATALOG_FILE, PROJECT, Models, prepare
from dagster_project.warehouse.publish import CANDIDATE_PREFIX
from dagster_project.warehouse.summary import TableSummary, summarise
from ingestion import sql
from ingestion.contract import contract
from ingestion.landing.batch import DELIVERED

if TYPE_CHECKING:
    from ingestion.landing import Batch


@dataclass(frozen=True)
class Candidate:
    """A closed warehouse file, built and not yet checked or published."""

    path: Path
    as_of: date
    batch_id: str
    nodes: list[NodeResult]
    tables: list[TableSummary]
    models: Models
    seconds: dict[str, float] = field(default_factory=dict)


def build_candidate(
    home: Home,
    batch: Batch,
    as_of: date,
    profiles: tuple[str, ...],
    progress: Callable[[str], None],
    *,
    overrides: Path | None = None,
    models: Models | None = None,
    project: Path = PROJECT,
) -> Candidate:
    """Build a candidate from `batch` for `as_of`. Call under the write lock; raises ModelsFailed.

    overrides  working-day overrides of the body (CSV), for years that the shipped calendar does not know
    """
    from ingestion.calendar import write_working_days

    place = home.warehouse / f"{CANDIDATE_PREFIX}{uuid.uuid4().hex}"
    place.mkdir()
    path = place / CATALOG_FILE
    calendar = home.scratch / f"calendar-{os.getpid()}.parquet"
    write_working_days(calendar, overrides)
    with connect(path, home.scratch) as connection:
        _attach_inputs(connection, batch.path, calendar)
        meta.write_landing(connection, batch.path, batch.manifest)
        meta.write_calendar(connection)

    variables = {
        "as_of": as_of.isoformat(),
        "profiles": ",".join(profiles),
        "batch_id": batch.batch_id,
        "contract_version": str(batch.manifest["contract_version"]),
    }
    models = models or prepare(home, project)
    progress(f"dbt: building {len(models.catalogue)} models for {as_of}")
    started = time.monotonic()
    run = run_models(home, models, path, variables, progress, project)
    seconds = {"dbt": time.monotonic() - started}

    with connect(path, home.scratch) as connection:
        _detach_inputs(connection)
        meta.write_rule_sql(connection, run.rule_sql)
        meta.write_lineage(connection, models.catalogue)
        tables = summarise(connection)
        connection.execute("checkpoint")
    calendar.unlink(missing_ok=True)
    return Candidate(path, as_of, batch.batch_id, run.nodes, tables, models, seconds)


def _attach_inputs(connection: duckdb.DuckDBPyConnection, batch: Path, calendar: Path) -> None:
    """Views over the landing Parquet and the calendar: dbt's sources, the same names on any engine."""
    connection.execute("create schema raw")
    connection.execute("create schema reference")
    for table in contract().tables:
        connection.execute(f"create view raw.{table} as from {sql.parquet(batch / f'{table}.parquet')}")
    connection.execute(f"create view raw.delivered as from {sql.parquet(batch / DELIVERED)}")
    connection.execute(f"create view reference.working_day as from {sql.parquet(calendar)}")


def _detach_inputs(connection: duckdb.DuckDBPyConnection) -> None:
    """The published file stands alone.

    Views go: those over the inputs name paths of this machine, and every view names the catalog, which
    DuckDB calls after the file and which publication renames. What readers need is a table.
    """
    connection.execute("drop schema raw cascade")
    connection.execute("drop schema reference cascade")
    views = connection.execute(
        "select schema_name, view_name from duckdb_views() where not internal"
    ).fetchall()
    for schema, view in views:
        connection.execute(f'drop view "{schema}"."{view}"')
