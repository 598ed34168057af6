"""Build, check, publish: the one way in which a warehouse comes to be read."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.warehouse import meta
from dagster_project.warehouse.build import Candidate, build_candidate
from dagster_project.warehouse.database import connect
from dagster_project.warehouse.errors import ChecksBlocked
from dagster_project.warehouse.finishing import finish
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.lock import writing
from dagster_project.warehouse.models import PROJECT
from dagster_project.warehouse.publish import clear_leftovers, publish
from expectations.checker import Checker, CheckingFailed
from expectations.outcome import Outcome, Severity, Status

if TYPE_CHECKING:
    from ingestion.landing import Batch

_REASONS_SHOWN = 10


@dataclass(frozen=True)
class Release:
    """A published warehouse and how it came to be. `seconds` by phase: dbt, expectations, publish."""

    path: Path
    candidate: Candidate
    outcomes: list[Outcome]
    seconds: dict[str, float]


@dataclass
class Progress:
    """What is known so far of a release that may yet fail: its models and its checks."""

    candidate: Candidate | None = None
    outcomes: list[Outcome] = field(default_factory=list)


def release(
    home: Home,
    batch: Batch,
    as_of: date,
    profiles: tuple[str, ...],
    say: Callable[[str], None],
    *,
    overrides: Path | None = None,
    project: Path = PROJECT,
    so_far: Progress | None = None,
) -> Release:
    """Publish a checked warehouse of `batch` for `as_of`; on any WarehouseError the published one stays.

    so_far  filled while the release goes on, for a caller that wants to show checks also when they block
    """
    so_far = so_far or Progress()
    with writing(home):
        clear_leftovers(home)
        try:
            with Checker(home.dagster / "expectations.log") as checker:
                candidate = build_candidate(
                    home, batch, as_of, profiles, say, overrides=overrides, project=project
                )
                so_far.candidate = candidate
                seconds = dict(candidate.seconds)
                started = time.monotonic()
                so_far.outcomes.extend(_checked(checker, candidate, say))
                seconds["expectations"] = time.monotonic() - started
            started = time.monotonic()
            _refuse_blocked(so_far.outcomes)
            with connect(candidate.path, home.scratch) as connection:
                meta.write_outcomes(connection, so_far.outcomes)
                meta.write_program(connection)
                connection.execute("checkpoint")
            path = publish(
                home, finish(home, candidate.path, candidate.models.descriptions()), as_of, batch.batch_id
            )
            seconds["publish"] = time.monotonic() - started
        finally:
            clear_leftovers(home)
    say(f"Published {path.name}")
    return Release(path, candidate, so_far.outcomes, seconds)


def _checked(checker: Checker, candidate: Candidate, say: Callable[[str], None]) -> list[Outcome]:
    try:
        outcomes = checker.check(candidate.path)
    except CheckingFailed as error:
        raise ChecksBlocked(
            f"{error} Nothing is published.",
            "An unchecked warehouse is never published. If it happens again, report it with that log.",
            f"数据检查未能完成，没有发布任何内容，原已发布的数据仓库不变：{error}\n如再次出现，请连同日志报告。",
        ) from error
    counts = {status: sum(outcome.status is status for outcome in outcomes) for status in Status}
    say(
        f"Checks: {counts[Status.PASS]} passed, {counts[Status.FAIL]} with findings,"
        f" {counts[Status.ERROR]} in error"
    )
    for outcome in outcomes:
        if outcome.severity is Severity.WARNING and outcome.status is not Status.PASS:
            say(f"Warning {outcome.suite}/{outcome.name}: {outcome.detail_zh}")
    return outcomes


def _refuse_blocked(outcomes: list[Outcome]) -> None:
    blocking = [outcome for outcome in outcomes if outcome.blocks]
    if not blocking:
        return
    lines = [
        f"  {outcome.suite}/{outcome.name} ({outcome.status}): {outcome.detail_zh}"
        for outcome in blocking[:_REASONS_SHOWN]
    ]
    if len(blocking) > _REASONS_SHOWN:
        lines.append(f"  and {len(blocking) - _REASONS_SHOWN} more")
    raise ChecksBlocked(
        f"{len(blocking)} structural checks did not pass; nothing is published:\n" + "\n".join(lines),
        "The records are as they were landed, so this is a fault of the program: report it with these lines. "
        "The last published warehouse is untouched.",
        f"{len(blocking)}项结构检查未通过，没有发布任何内容，原已发布的数据仓库不变：\n"
        + "\n".join(lines)
        + "\n"
        "数据已照来源导入，因此这是程序的问题，请连同以上各行报告。",
    )
