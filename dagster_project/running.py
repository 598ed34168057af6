"""Run the daily job in this process, through the same definitions that the web UI loads."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster_project.instance import opened_instance, use_home
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.lock import writing

if TYPE_CHECKING:
    import dagster as dg

RUN_FAILED = 1

DAY = "dagster/partition"
"""Dagster's tag for a run's partition: of the daily job, the day for which it speaks."""


@dataclass(frozen=True)
class RunOptions:
    """What the user asked for."""

    source: str
    as_of: date
    profiles: tuple[str, ...]
    mapping: Path | None = None
    overrides: Path | None = None
    accept: str | None = None


@dataclass
class RunReport:
    """How a run went. `paths` by asset; `seconds` by phase; `faults` say what happened and what to do."""

    exit_code: int = 0
    paths: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def run_daily(
    home: Home, options: RunOptions, say: Callable[[str], None], *, debug: bool = False
) -> RunReport:
    """Source to dashboard. Raises HomeBusy where another run is writing; other faults are in the report."""
    with writing(home):
        pass
    started = time.monotonic()
    use_home(home)
    say("Loading Dagster and the models")
    from dagster_project.dead_runs import PROCESS, this_process
    from dagster_project.definitions import defs
    from dagster_project.defs.automation import DAILY

    job = defs.resolve_job_def(DAILY)
    report = RunReport(seconds={"import": time.monotonic() - started})
    with opened_instance(home, say) as instance:
        report.seconds["import"] = time.monotonic() - started
        result = job.execute_in_process(
            instance=instance,
            run_config={
                "resources": {"settings": {"config": _settings(home, options)}},
                "loggers": {"progress": {}},
            },
            # Given as tag and not as key, so that a day outside the web UI's calendar can be run too.
            tags={PROCESS: this_process(), DAY: options.as_of.isoformat()},
            raise_on_error=debug,
        )
    _read_events(result, report)
    return report


def _settings(home: Home, options: RunOptions) -> dict[str, str]:
    return {
        "source": options.source,
        "profiles": ",".join(options.profiles),
        "mapping": str(options.mapping or ""),
        "overrides": str(options.overrides or ""),
        "accept": options.accept or "",
        "home_directory": str(home.root),
    }


def _read_events(result: dg.ExecuteInProcessResult, report: RunReport) -> None:
    seconds: dict[str, float] = defaultdict(float, report.seconds)
    for event in result.all_events:
        if event.is_step_materialization:
            materialization = event.step_materialization_data.materialization
            for name, value in materialization.metadata.items():
                if name.startswith("seconds_"):
                    seconds[name.removeprefix("seconds_")] += float(value.value)  # type: ignore[arg-type]
                elif name == "path":
                    report.paths[materialization.asset_key.to_user_string()] = str(value.value)
        elif event.is_step_failure:
            report.faults.append(_fault(event))
            report.exit_code = max(report.exit_code, _exit_code(event))
    report.seconds = dict(seconds)
    if not result.success and not report.faults:
        report.exit_code = RUN_FAILED
        report.faults.append("The run failed before its first step. Run it again with --debug to see why.")


def _fault(event: Any) -> str:
    failure = event.step_failure_data
    if failure.user_failure_data is not None and failure.user_failure_data.description:
        return str(failure.user_failure_data.description)
    error = failure.error
    while error.cause is not None:
        error = error.cause
    message = error.message.removeprefix(f"{error.cls_name}: ").strip()
    return (
        f"{event.step_key} failed: {error.cls_name}: {message}\n"
        "This was not expected. Run again with --debug for the whole story, and report it."
    )


def _exit_code(event: Any) -> int:
    data = event.step_failure_data.user_failure_data
    value = data.metadata.get("exit_code") if data is not None else None
    return int(value.value) if value is not None else RUN_FAILED
