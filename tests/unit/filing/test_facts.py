"""What flows back: a failure means that the deadline rules believe something that CNCA did not say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dagster_project.filing import steps
from dagster_project.filing.errors import LedgerDamaged, StepRefused
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.verifying import verify
from tests.support.filed import ANSWERS, PREPARER, V1, V2, brought_to, open_ledger, registered

SENT_ON = date(2026, 11, 20)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path) as opened:
        yield opened


def _results(ledger: Ledger) -> list[tuple[str, str, str]]:
    return [(f.submission_id[-2:], f.subject_id or f.kind, f.result) for f in ledger.facts()]


@pytest.mark.parametrize("phase", ["prepared", "checked", "half_approved", "approved"])
def test_nothing_flows_back_before_it_was_sent(ledger: Ledger, phase: str) -> None:
    registered(ledger)
    brought_to(ledger, phase)
    assert ledger.facts() == []


@pytest.mark.parametrize(
    ("phase", "c1", "c2", "whole"),
    [
        ("sent", "pending", "pending", "pending"),
        ("accepted", "accepted", "accepted", "accepted"),
        ("rejected", "rejected", "rejected", "rejected"),
        # C2 stands on two rows, of which the first came back.
        ("partly_accepted", "accepted", "rejected", "accepted"),
    ],
)
def test_facts_follow_the_answer(ledger: Ledger, phase: str, c1: str, c2: str, whole: str) -> None:
    registered(ledger)
    brought_to(ledger, phase)
    assert _results(ledger) == [("v1", "C1", c1), ("v1", "C2", c2), ("v1", "monthly_report", whole)]
    fact = ledger.facts()[0]
    assert (fact.kind, fact.body_id, fact.period, fact.recipient) == (
        "certification_result",
        "B1",
        "",
        "CNCA",
    )
    assert fact.reported_on == SENT_ON
    assert fact.receipt_no == ("CNCA-1" if phase in ("accepted", "partly_accepted") else "")


def test_a_correction_does_not_undo_an_acceptance(ledger: Ledger) -> None:
    registered(ledger)
    brought_to(ledger, "partly_accepted")
    accepted = _results(ledger)
    registered(ledger, 2, facts=["certification_result,,C2,CNCA,1002,8"])
    assert _results(ledger) == accepted
    brought_to(ledger, "sent", V2)
    assert _results(ledger) == [*accepted, ("v2", "C2", "pending")]
    ANSWERS["accepted"](ledger, V2)
    assert _results(ledger) == [*accepted, ("v2", "C2", "accepted")]


def test_a_pending_fact_gives_way_to_a_later_file_of_the_same_subject_only(ledger: Ledger) -> None:
    registered(ledger)
    brought_to(ledger, "sent")
    registered(ledger, 2, facts=["certification_result,,C2,CNCA,1002,8"])
    assert len(ledger.facts()) == 3, "a version that was not sent changes nothing"
    brought_to(ledger, "rejected", V2)
    assert _results(ledger) == [
        ("v1", "C1", "pending"), ("v1", "monthly_report", "pending"), ("v2", "C2", "rejected"),
    ]  # fmt: skip
    ANSWERS["accepted"](ledger, V1)
    assert ("v1", "C2", "accepted") in _results(ledger), "the late answer still counts"


def test_another_answer_takes_the_place_of_the_first_and_both_are_kept(ledger: Ledger) -> None:
    registered(ledger)
    brought_to(ledger, "accepted")
    with pytest.raises(StepRefused, match="is accepted"):
        steps.receipt(ledger, V1, by=PREPARER, result="rejected")
    steps.receipt(ledger, V1, by=PREPARER, result="rejected", instead_because="误登记，实为退回")
    assert {fact.result for fact in ledger.facts()} == {"rejected"}
    assert [entry.payload["result"] for entry in ledger.entries() if entry.action == "answered"] == [
        "accepted",
        "rejected",
    ]
    assert not verify(ledger).faults


def test_a_first_answer_cannot_be_instead_of_another(ledger: Ledger) -> None:
    registered(ledger)
    brought_to(ledger, "approved")
    with pytest.raises(StepRefused, match="not sent"):
        steps.receipt(ledger, V1, by=PREPARER, result="rejected", instead_because="x")


def test_the_day_of_sending_is_the_day_that_was_given(ledger: Ledger) -> None:
    registered(ledger)
    steps.check(ledger, V1, by=PREPARER, on=date(2026, 11, 5))
    steps.approve(ledger, V1, by="钱", on=date(2026, 11, 6))
    steps.approve(ledger, V1, by="孙", on=date(2026, 11, 6))
    steps.sent(ledger, V1, by=PREPARER, channel="网上", on=date(2026, 11, 9))
    steps.receipt(ledger, V1, by=PREPARER, result="accepted", receipt_no="1", on=date(2026, 11, 16))
    assert {fact.reported_on for fact in ledger.facts()} == {date(2026, 11, 9)}


def test_a_changed_list_of_facts_does_not_flow_back(ledger: Ledger) -> None:
    registered(ledger)
    brought_to(ledger, "accepted")
    path = ledger.submissions / V1 / "facts.csv"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("C2", "C3"))
    with pytest.raises(LedgerDamaged, match=r"facts\.csv"):
        ledger.facts()


def test_a_home_without_a_ledger_has_no_facts_and_gets_none(tmp_path: Path) -> None:
    with Ledger.read(tmp_path / "ledger.sqlite") as nothing:
        assert (nothing.facts(), nothing.filings()) == ([], [])
    assert not list(tmp_path.iterdir())
