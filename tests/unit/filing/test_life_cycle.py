"""Every step in every phase. A failure means that something can be filed that was not approved, or cannot be filed at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dagster_project.filing import steps
from dagster_project.filing.errors import StepRefused
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.verifying import verify
from tests.support.filed import ANSWERS, SECOND, V1, WARNING, WAY, brought_to, open_ledger, registered

PHASES = ("prepared", *WAY, *ANSWERS)
STEPS: dict[str, Callable[[Ledger, str], object]] = {
    "justify": lambda ledger, name: steps.justify(
        ledger, name, by="周", warnings=[WARNING], because="客户无邮箱"
    ),
    "check": WAY["checked"],
    "approve": lambda ledger, name: steps.approve(ledger, name, by="吴"),
    "send": WAY["sent"],
    **ANSWERS,
}
LEGAL = {
    ("prepared", "justify"): "prepared",
    ("prepared", "check"): "checked",
    ("checked", "approve"): "half_approved",
    ("half_approved", "approve"): "approved",
    ("approved", "send"): "sent",
    ("sent", "accepted"): "accepted",
    ("sent", "partly_accepted"): "partly_accepted",
    ("sent", "rejected"): "rejected",
}


def _home(root: Path, phase: str) -> Ledger:
    ledger = open_ledger(root)
    registered(ledger, warnings=[WARNING])
    STEPS["justify"](ledger, V1)
    brought_to(ledger, phase)
    return ledger


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("phase", PHASES)
def test_a_step_is_done_or_refused_with_a_way_on(tmp_path: Path, phase: str, step: str) -> None:
    with _home(tmp_path, phase) as ledger:
        before = ledger.head
        if (phase, step) in LEGAL:
            STEPS[step](ledger, V1)
            assert ledger.versions()[V1].phase == LEGAL[phase, step]
            assert ledger.head.entries == before.entries + 1
        else:
            with pytest.raises(StepRefused) as refused:
                STEPS[step](ledger, V1)
            assert ledger.head == before
            assert V1 in refused.value.message
            assert refused.value.reason_zh.startswith("该版本")
            assert refused.value.hint
        assert not verify(ledger).faults


@pytest.mark.parametrize("phase", PHASES)
def test_a_superseded_version_takes_nothing_but_its_answer(tmp_path: Path, phase: str) -> None:
    with _home(tmp_path, phase) as ledger:
        registered(ledger, 2)
        assert ledger.versions()[V1].state == "superseded"
        for name, step in STEPS.items():
            if phase == "sent" and name in ANSWERS:
                continue
            before = ledger.head
            with pytest.raises(StepRefused, match=r"superseded by version 2.*第2版"):
                step(ledger, V1)
            assert ledger.head == before
        if phase == "sent":
            ANSWERS["accepted"](ledger, V1)
            assert (ledger.versions()[V1].phase, ledger.versions()[V1].state) == ("accepted", "superseded")
        assert not verify(ledger).faults


def test_states_and_days_as_readers_see_them(tmp_path: Path) -> None:
    with _home(tmp_path, "half_approved") as ledger:
        (half,) = ledger.filings()
        assert (half.state, half.phase, half.approved_on) == ("checked", "half_approved", None)
        steps.approve(ledger, V1, by=SECOND)
        (approved,) = ledger.filings()
        assert approved.state == "approved"
        assert approved.approved_on is not None
        assert (approved.sent_on, approved.answered_on) == (None, None)
        WAY["sent"](ledger, V1)
        ANSWERS["partly_accepted"](ledger, V1)
        (answered,) = ledger.filings()
        assert answered.state == answered.phase == "partly_accepted"
        assert list(answered.states) == ["prepared", "checked", "approved", "sent", "partly_accepted"]
        assert (answered.result, answered.receipt_no, len(answered.rejected)) == ("partly", "CNCA-1", 1)
