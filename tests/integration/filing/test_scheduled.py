"""What Dagster does with a home in which people have filed: prepares what nobody deals with, and watches.

A failure means that a schedule undoes what two people approved, prepares without a trace in the ledger, or lets
a deadline pass in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dagster as dg
import pytest

from dagster_project.defs.ingestion import landing_batch
from dagster_project.defs.settings import RunSettings
from dagster_project.defs.submissions import SUBMISSIONS, deadline_watch, submission_calendar
from dagster_project.filing import Ledger, ledger_path
from tests.integration.filing.conftest import AS_OF, FlowBack


@pytest.fixture
def run(flow: FlowBack) -> Any:
    settings = RunSettings(source=str(flow.source), home_directory=str(flow.home.root))

    def materialized(
        assets: Sequence[Any], partition: str | None = None, **how: Any
    ) -> dg.ExecuteInProcessResult:
        return dg.materialize(
            assets, partition_key=partition, resources={"settings": settings}, raise_on_error=False, **how
        )

    return materialized


def entries(flow: FlowBack) -> int:
    with Ledger.read(ledger_path(flow.home)) as ledger:
        return len(ledger.entries())


def test_a_run_lands_the_answers_with_the_source(flow: FlowBack, run: Any) -> None:
    result = run([landing_batch])
    (event,) = result.asset_materializations_for_node("landing_batch")
    assert event.metadata["batch_id"].value == flow.accepted.batch.batch_id
    assert not list(flow.home.scratch.iterdir()), "the list of facts is in the batch and nowhere else"


def test_what_is_filed_already_is_left_alone(flow: FlowBack, run: Any) -> None:
    before = entries(flow)
    for kind, partition in (("audit_plan", f"{AS_OF}"), ("monthly", "2026-10-01")):
        assert run([SUBMISSIONS[kind]], partition).success
    assert entries(flow) == before


def test_what_nobody_deals_with_is_prepared_and_registered(flow: FlowBack, run: Any) -> None:
    result = run([SUBMISSIONS["monthly"]], "2026-11-01")
    assert result.success
    (check,) = result.get_asset_check_evaluations()
    assert not check.passed, "the month is not over: a draft is not ready"
    with Ledger.read(ledger_path(flow.home)) as ledger:
        (filing,) = [one for one in ledger.filings() if one.period == "2026-11"]
        (entry,) = [one for one in ledger.entries() if one.submission_id == filing.submission_id]
    assert (filing.state, entry.actor) == ("prepared", "dagster")


def test_a_day_without_a_warehouse_says_so(run: Any) -> None:
    result = run([SUBMISSIONS["status_change"]], "2026-11-06")
    assert not result.success
    (failure,) = [event for event in result.all_node_events if event.is_step_failure]
    assert "没有2026-11-06的已发布数据仓库" in str(failure.step_failure_data.user_failure_data)


def test_the_watch_warns_of_what_lies_unprepared(flow: FlowBack, run: Any) -> None:
    """The demo's body owes nothing for the year; a status change of these days is not prepared."""
    assets = [*SUBMISSIONS.values(), deadline_watch]
    result = run(assets, selection=dg.AssetSelection.checks(deadline_watch))
    assert result.success
    passed = {
        check.asset_key.to_user_string().removesuffix("_submission"): check.passed
        for check in result.get_asset_check_evaluations()
    }
    unprepared = {row.kind for row in flow.accepted.due if row.is_unprepared and (row.days_left or 0) <= 1}
    assert passed == {kind: kind not in unprepared for kind in SUBMISSIONS}


def test_the_calendar_file_is_written_beside_the_dashboard(flow: FlowBack, run: Any) -> None:
    assert run([submission_calendar], f"{AS_OF}").success
    written = flow.home.reports / f"{AS_OF}" / "submissions.ics"
    first = written.read_bytes()
    assert b"BEGIN:VEVENT" in first
    assert run([submission_calendar], f"{AS_OF}").success
    assert written.read_bytes() == first
