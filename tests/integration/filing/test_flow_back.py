"""Receipts flow back: what the authority accepted is seen by the deadline rules and leaves the calendar.

A failure means that a body is reproached with what it did in time, that a rejected row is forgotten, or that a
warehouse cannot be told apart by what it was made of.
"""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from icalendar import Calendar

from dagster_project.cli import main
from dagster_project.filing.facts_file import FACTS_FILE, write_facts
from ingestion.landing import land
from tests.integration.filing.conftest import AS_OF, MONTH, FlowBack, Stage


def warned(stage: Stage, rule: str, subjects: list[str]) -> set[str]:
    """Subjects that the rule does not let pass."""
    return {subject for subject in subjects if (rule, subject) in stage.findings}


def listed(stage: Stage, subjects: list[str]) -> dict[str, str]:
    return {
        row["subject_id"]: row["reported_state"] for row in stage.calendar if row["subject_id"] in subjects
    }


def test_before_anything_is_filed_everything_is_due(flow: FlowBack) -> None:
    """Otherwise the tests below show nothing."""
    assert len(flow.results) > 1
    assert warned(flow.before, "R9.3", flow.results) == set(flow.results)
    assert warned(flow.before, "R9.2", [flow.plan]) == {flow.plan}
    assert listed(flow.before, [*flow.results, flow.plan]) == dict.fromkeys(
        [*flow.results, flow.plan], "none"
    )
    assert {row.state for row in flow.before.due if row.period == MONTH} == {"due"}


def test_without_answers_the_batch_is_the_sources_own(flow: FlowBack, tmp_path: Path) -> None:
    assert [file["name"] for file in flow.before.batch.manifest["files"] if "ledger" in file["name"]] == []
    assert FACTS_FILE in [file["name"] for file in flow.partly.batch.manifest["files"]]


def test_an_answer_is_seen_at_once_and_not_only_after_the_next_run(flow: FlowBack) -> None:
    states = {row.subject_id: row.state for row in flow.answered}
    assert flow.plan not in states
    assert {subject: states.get(subject) for subject in flow.results} == {
        subject: "rejected" if subject == flow.rejected else None for subject in flow.results
    }


def test_what_was_accepted_passes_and_leaves_the_calendar(flow: FlowBack) -> None:
    assert warned(flow.partly, "R9.2", [flow.plan]) == set()
    assert warned(flow.partly, "R9.3", flow.results) == {flow.rejected}
    assert listed(flow.partly, [*flow.results, flow.plan]) == {flow.rejected: "rejected"}


def test_a_rejected_row_comes_back_and_is_done_with_the_next_version(flow: FlowBack) -> None:
    (row,) = [row for row in flow.partly.due if row.subject_id == flow.rejected]
    assert row.state == "rejected"
    assert warned(flow.accepted, "R9.3", flow.results) == set()
    assert listed(flow.accepted, [*flow.results, flow.plan]) == {}
    assert [row for row in flow.accepted.due if row.period == MONTH] == []


def test_the_facts_carry_the_day_of_sending_and_the_receipt(flow: FlowBack) -> None:
    (row,) = [row for row in flow.accepted.reports if row["subject_id"] == flow.plan]
    assert (row["kind"], row["recipient"], row["reported_on"], row["receipt_no"], row["result"]) == (
        "audit_plan",
        "CNCA",
        AS_OF,
        "0001",
        "accepted",
    )
    assert row["report_id"].startswith("ledger-")
    answers = sorted(row["result"] for row in flow.accepted.reports if row["subject_id"] == flow.rejected)
    assert answers == ["accepted", "rejected"]
    (upload,) = [
        row
        for row in flow.accepted.reports
        if row["report_id"].startswith("ledger-")
        and row["kind"] == "monthly_report"
        and row["result"] == "accepted"
    ][:1]
    assert (upload["period"], upload["recipient"]) == (MONTH, None), "the upload of 9.3, to no one by name"


def test_every_answer_makes_another_batch_and_the_same_answers_the_same(
    flow: FlowBack, tmp_path: Path
) -> None:
    ids = {stage.batch.batch_id for stage in (flow.before, flow.partly, flow.accepted)}
    assert len(ids) == 3
    facts = write_facts(flow.home, tmp_path)
    assert facts is not None
    again = land(str(flow.source), tmp_path / "home", additions={"cnca_report": facts})
    assert again.batch_id == flow.accepted.batch.batch_id
    assert flow.accepted.batch.manifest["tables"]["cnca_report"]["set_aside"] == 0


def test_the_command_says_what_is_due_and_writes_the_calendar(flow: FlowBack, tmp_path: Path) -> None:
    """From a later day than the records': what has become late since is shown, and that the records are older."""
    command = ["submission", "due", "--home", str(flow.home.root), "--on", "2026-12-20"]
    done = CliRunner().invoke(main, [*command, "--days", "30", "--ics", str(tmp_path / "due.ics")])
    assert done.exit_code == 0, done.output
    assert "Due on 2026-12-20 or within 30 days:" in done.output
    lines = [line for line in done.output.splitlines() if not line.startswith(" ")]
    (month,) = [line for line in lines if " monthly " in line and " 2026-11 " in line]
    assert month.split()[1] == "-10"
    assert month.endswith("overdue")
    assert f"By the records of {AS_OF}" in done.output
    events = Calendar.from_ical((tmp_path / "due.ics").read_bytes()).walk("VEVENT")
    assert len(events) > 1
    nothing = CliRunner().invoke(main, [*command, "--body", "B99"])
    assert nothing.output.splitlines()[0] == "Nothing is due on 2026-12-20 or within 90 days."
