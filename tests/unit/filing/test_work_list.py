"""What waits for whom. A failure means that a file lies somewhere and nobody is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.filing.work_list import work_list
from tests.support.filed import ANSWERS, REJECTED, V1, V2, WARNING, brought_to, open_ledger, registered

WAITS = {
    "prepared": "check",
    "checked": "first approval",
    "half_approved": "second approval",
    "approved": "sending",
    "sent": "receipt",
    "partly_accepted": "correction",
    "rejected": "correction",
}


@pytest.mark.parametrize("phase", [*WAITS, "accepted"])
def test_each_phase_waits_for_its_next_step(tmp_path: Path, phase: str) -> None:
    with open_ledger(tmp_path) as ledger:
        registered(ledger)
        brought_to(ledger, phase)
        found = [(task.submission_id, task.waits_for) for task in work_list(ledger.versions())]
    assert found == ([(V1, WAITS[phase])] if phase in WAITS else [])


def test_rejected_rows_come_back_with_their_reasons(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        registered(ledger)
        brought_to(ledger, "partly_accepted")
        (task,) = work_list(ledger.versions())
    assert task.rejected == REJECTED
    assert "prepare it again" in task.next_step


def test_what_cannot_be_checked_says_why(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        registered(ledger, series="monthly/B1/2026-10", errors=2)
        registered(ledger, series="monthly/B2/2026-10", warnings=[WARNING])
        registered(ledger, series="monthly/B3/2026-10", ready=False)
        errors, warning, running = work_list(ledger.versions())
    assert (errors.waits_for, "errors.xlsx" in errors.details[0]) == ("correction", True)
    assert (warning.waits_for, warning.details) == ("justification", (f"warning {WARNING}",))
    assert (running.waits_for, running.details) == ("its period to end", ("2026年10月尚未结束",))


def test_a_superseded_version_waits_only_for_its_answer(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        registered(ledger)
        brought_to(ledger, "sent")
        registered(ledger, 2)
        assert [task.submission_id for task in work_list(ledger.versions())] == [V1, V2]
        ANSWERS["rejected"](ledger, V1)
        assert [task.submission_id for task in work_list(ledger.versions())] == [V2]


def test_a_daily_file_that_is_empty_or_of_yesterday_waits_for_nobody(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        for day, facts in (
            ("01", ["status_change,,E1,CNCA,1,8"]),
            ("02", ["status_change,,E1,CNCA,1,8"]),
            ("03", []),
        ):
            registered(ledger, series=f"status_change/B1/2026-11-{day}", facts=facts)
        registered(ledger, series="status_change/B2/2026-11-02", facts=["status_change,,E2,CNCA,1,8"])
        brought_to(ledger, "half_approved", "status_change/B1/2026-11-01/v1")
        waiting = [task.submission_id for task in work_list(ledger.versions())]
    assert waiting == ["status_change/B1/2026-11-01/v1", "status_change/B2/2026-11-02/v1"]
