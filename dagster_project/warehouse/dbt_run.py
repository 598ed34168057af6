"""One dbt invocation in this process: seeds, models and their tests into one DuckDB file.

Unit tests are for developers and stay out. A failing test stops what is built on it, and with it the run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster_project.warehouse.database import MEMORY_LIMIT_VARIABLE, memory_limit
from dagster_project.warehouse.errors import ModelsFailed
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import PROJECT, Models, dbt_arguments, prepare_again, quiet_dbt

_FINISHED = {"LogModelResult", "LogTestResult", "LogSeedResult"}
_FAULTS_SHOWN = 10


@dataclass(frozen=True)
class NodeResult:
    """What became of one dbt node."""

    unique_id: str
    status: str
    seconds: float
    message: str | None
    failures: int | None


@dataclass(frozen=True)
class ModelsRun:
    """What one dbt invocation did: a result per node, and by rule id the SQL that the rule was judged
    with."""

    nodes: list[NodeResult]
    rule_sql: dict[str, str]


def run_models(
    home: Home,
    models: Models,
    database: Path,
    variables: dict[str, str],
    progress: Callable[[str], None],
    project: Path = PROJECT,
    *,
    select: tuple[str, ...] = (),
) -> ModelsRun:
    """Build everything, or what `select` says, into `database`; raise ModelsFailed with the faults if anything failed."""
    quiet_dbt()
    from dbt.cli.main import dbtRunner

    done = 0

    def watch(event: Any) -> None:
        nonlocal done
        if event.info.name in _FINISHED:
            done += 1
            if done % 50 == 0:
                progress(f"dbt: {done} models and tests done")

    settings = {
        "CERTHOUSE_DUCKDB": str(database),
        "CERTHOUSE_TEMP_DIR": str(home.scratch),
        MEMORY_LIMIT_VARIABLE: memory_limit(),
    }
    try:
        manifest = models.load_manifest()
    except Exception:  # whatever a damaged file makes of itself
        progress("dbt: the parsed project is damaged; parsing again")
        manifest = prepare_again(home, models, project).load_manifest()
    with _environment(settings), _closed_afterwards():
        outcome = dbtRunner(manifest=manifest, callbacks=[watch]).invoke(
            [
                "--quiet", "--log-level", "none", "--log-level-file", "none", "--no-write-json",
                "build", *(["--select", *select] if select else []),
                "--exclude", "resource_type:unit_test", "resource_type:exposure", "--threads", "1",
                "--vars", json.dumps(variables),
                *dbt_arguments(home, project),
            ]
        )  # fmt: skip
    results = [_node_result(result) for result in getattr(outcome.result, "results", [])]
    if not outcome.success:
        raise _failure(results, outcome.exception, home)
    return ModelsRun(results, dict(_rule_sql(manifest, database.stem)))


def _rule_sql(manifest: Any, catalog: str) -> Iterator[tuple[str, str]]:
    """Compiled SQL of the rules that were judged, without the name of the file, which publication changes."""
    for node in manifest.nodes.values():
        rule = node.config.get("meta", {}).get("rule") if node.resource_type == "model" else None
        if rule and node.compiled_code:
            yield rule["id"], node.compiled_code.replace(f'"{catalog}".', "")


def _node_result(result: Any) -> NodeResult:
    return NodeResult(
        unique_id=result.node.unique_id,
        status=str(result.status),
        seconds=result.execution_time,
        message=result.message,
        failures=result.failures,
    )


def _failure(results: list[NodeResult], exception: BaseException | None, home: Home) -> ModelsFailed:
    faults = [result for result in results if result.status in ("error", "fail")]
    lines = [f"  {fault.unique_id}: {_one_line(fault.message)}" for fault in faults[:_FAULTS_SHOWN]]
    if len(faults) > _FAULTS_SHOWN:
        lines.append(f"  and {len(faults) - _FAULTS_SHOWN} more")
    if not lines:
        lines = [f"  {_one_line(str(exception))}"]
    return ModelsFailed(
        "dbt could not build the warehouse; nothing is published:\n" + "\n".join(lines),
        f"The compiled SQL is below {home.models / 'target'}. The last published warehouse is untouched.",
        "数据仓库未能建成，没有发布任何内容，原已发布的数据仓库不变：\n" + "\n".join(lines) + "\n"
        f"这是程序的问题，请连同以上各行报告；所执行的SQL在{home.models / 'target'}。",
    )


def _one_line(message: str | None) -> str:
    return " ".join((message or "no message").split())[:400]


@contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _closed_afterwards() -> Iterator[None]:
    """dbt-duckdb keeps the file open for its process; it must be closed before it is checked or published."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    try:
        yield
    finally:
        if DuckDBConnectionManager._ENV is not None:
            DuckDBConnectionManager.env().close()
        DuckDBConnectionManager.close_all_connections()
