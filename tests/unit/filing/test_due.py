"""What is due, from the warehouse's calendar and the ledger's states together.

A failure means that an obligation disappears before it is discharged, that one is asked for which is done, or
that a person is told to do something else than what comes next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dagster_project.filing.due import Due, grouped, late_to_prepare, list_due
from dagster_project.filing.due_list import render

AS_OF = date(2026, 11, 20)

_ROWS = [
    # kind, report_kind, period, subject_type, subject_id, recipient, clause, due_on, foreseen, reported
    ("audit_plan", "audit_plan", None, "audit", "A1", "CNCA", "9.2", "2026-11-18", False, "none"),
    ("audit_plan", "audit_plan", None, "audit", "A2", "CNCA", "9.2", "2026-11-24", False, "none"),
    ("audit_plan", "audit_plan", None, "audit", "A3", "CNCA", "9.2", "2026-11-24", False, "rejected"),
    ("status_change", "status_change", None, "event", "E1", "CNCA", "9.4", None, False, "none"),
    ("status_change", "status_change", None, "event", "E2", "CNCA", "9.4", "2026-11-23", False, "pending"),
    ("monthly", "monthly_report", "2026-10", "body", "B1", "CNCA", "9.3", "2026-11-10", False, "none"),
    ("monthly", "certification_result", "2026-10", "certificate", "C1", "CNCA", "9.3", "2026-11-10", False, "none"),
    ("monthly_statistics", "monthly_report", "2026-10", "body", "B1", "CNCA", "3.2.2", "2026-11-10", False, "none"),
    ("monthly_statistics", "monthly_report", "2026-10", "body", "B1", "CNAS", "3.2.2", "2026-11-10", False, "none"),
    ("annual", "annual_work_report", "2026", "body", "B1", "CNCA", "9.1 (1)", "2027-02-17", True, "none"),
]  # fmt: skip


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "2026-11-20-b.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_submission_calendar (body_id varchar, kind varchar, report_kind varchar,"
            " period varchar, subject_type varchar, subject_id varchar, recipient varchar, clause varchar,"
            " due_on date, is_foreseen boolean, reported_state varchar, days_left integer, prepare_from_on date)"
        )
        connection.executemany(
            "insert into marts.fct_submission_calendar select 'B1', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null",
            _ROWS,
        )
        connection.execute(
            "update marts.fct_submission_calendar set days_left = due_on - ?::date,"
            " prepare_from_on = case when is_foreseen then date '2027-01-01' else date '2026-11-01' end",
            [AS_OF],
        )
        connection.execute("create table marts.dim_run as select ?::date as as_of", [AS_OF])
        connection.execute(
            "create table marts.dim_certification_body as select 'B1' as body_id, '甲认证' as name"
        )
    return path


@dataclass(frozen=True)
class Filing:
    submission_id: str
    state: str
    body_id: str = "B1"
    version: int = 1

    @property
    def phase(self) -> str:
        return self.state


@dataclass(frozen=True)
class Fact:
    submission_id: str
    kind: str
    result: str
    subject_id: str | None = None
    period: str | None = None
    recipient: str | None = "CNCA"
    body_id: str = "B1"


@dataclass
class Ledger:
    filed: list[Any] = field(default_factory=list)
    sent: list[Any] = field(default_factory=list)

    def filings(self) -> list[Any]:
        return self.filed

    def facts(self) -> list[Any]:
        return self.sent


def states(rows: list[Due]) -> dict[tuple[str, str], str]:
    return {
        (row.subject_id if row.subject_type != "body" else row.period or "", row.recipient): row.state
        for row in rows
        if row.kind != "monthly"
    }


def prepared(folder: Path, submission_id: str, *facts: str) -> None:
    place = folder / submission_id
    place.mkdir(parents=True)
    lines = ["kind,period,subject_id,recipient,sheet,row", *facts]
    (place / "facts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_without_a_ledger_the_calendar_speaks(warehouse: Path, tmp_path: Path) -> None:
    rows = list_due(warehouse, tmp_path)
    assert states(rows) == {
        ("A1", "CNCA"): "overdue",
        ("A2", "CNCA"): "due",
        ("A3", "CNCA"): "rejected",
        ("E1", "CNCA"): "undetermined",
        ("E2", "CNCA"): "sent",
        ("2026-10", "CNCA"): "overdue",
        ("2026-10", "CNAS"): "overdue",
        ("2026", "CNCA"): "foreseen",
    }
    assert [row.state for row in rows if row.kind == "monthly"] == ["overdue", "overdue"]
    assert rows[0].due_on is None, "what cannot be told comes first: it may be late already"


def test_days_and_body_narrow_it(warehouse: Path, tmp_path: Path) -> None:
    near = list_due(warehouse, tmp_path, days=3)
    assert {row.subject_id for row in near if row.subject_type != "body"} == {"E1", "A1", "C1", "E2"}
    assert list_due(warehouse, tmp_path, body="B9") == []


def test_the_newest_unsent_version_is_what_is_worked_on(warehouse: Path, tmp_path: Path) -> None:
    """v1 named A1 and A2, v2 only A2: A1 is covered by v1 as long as that lies here unsent."""
    prepared(tmp_path, "audit_plan/B1/2026-11-19/v1", "audit_plan,,A1,CNCA,,", "audit_plan,,A2,CNCA,,")
    prepared(tmp_path, "audit_plan/B1/2026-11-20/v1", "audit_plan,,A2,CNCA,,")
    ledger = Ledger(
        [Filing("audit_plan/B1/2026-11-20/v1", "checked"), Filing("audit_plan/B1/2026-11-19/v1", "prepared")]
    )
    rows = list_due(warehouse, tmp_path, ledger)
    assert states(rows)[("A1", "CNCA")] == "prepared"
    assert states(rows)[("A2", "CNCA")] == "checked"
    (late,) = [row for row in rows if row.subject_id == "A1"]
    assert late.is_overdue, "prepared is not sent"
    assert "submission check audit_plan/B1/2026-11-19/v1" in late.next_step


def test_a_superseded_version_covers_nothing(warehouse: Path, tmp_path: Path) -> None:
    prepared(tmp_path, "audit_plan/B1/2026-11-19/v1", "audit_plan,,A1,CNCA,,")
    ledger = Ledger([Filing("audit_plan/B1/2026-11-19/v1", "superseded")])
    assert states(list_due(warehouse, tmp_path, ledger))[("A1", "CNCA")] == "overdue"


@pytest.mark.parametrize(
    ("result", "state"), [("pending", "sent"), ("rejected", "rejected"), ("accepted", None)]
)
def test_an_answer_counts_before_the_next_run(
    warehouse: Path, tmp_path: Path, result: str, state: str | None
) -> None:
    ledger = Ledger(sent=[Fact("audit_plan/B1/2026-11-19/v1", "audit_plan", result, subject_id="A1")])
    assert states(list_due(warehouse, tmp_path, ledger)).get(("A1", "CNCA")) == state


def test_the_last_version_sent_answers_unless_an_earlier_one_was_accepted(
    warehouse: Path, tmp_path: Path
) -> None:
    def sent(number: int, result: str) -> Fact:
        return Fact(f"audit_plan/B1/2026-11-19/v{number}", "audit_plan", result, subject_id="A1")

    corrected = Ledger(sent=[sent(10, "pending"), sent(9, "rejected")])
    assert states(list_due(warehouse, tmp_path, corrected))[("A1", "CNCA")] == "sent"
    accepted = Ledger(sent=[sent(1, "accepted"), sent(2, "rejected")])
    assert ("A1", "CNCA") not in states(list_due(warehouse, tmp_path, accepted))


def test_a_rejected_one_prepared_anew_is_prepared(warehouse: Path, tmp_path: Path) -> None:
    prepared(tmp_path, "audit_plan/B1/2026-11-19/v2", "audit_plan,,A1,CNCA,,")
    ledger = Ledger(
        [Filing("audit_plan/B1/2026-11-19/v2", "prepared", version=2)],
        [Fact("audit_plan/B1/2026-11-19/v1", "audit_plan", "rejected", subject_id="A1")],
    )
    assert states(list_due(warehouse, tmp_path, ledger))[("A1", "CNCA")] == "prepared"


def test_the_months_upload_is_not_its_statistics(warehouse: Path, tmp_path: Path) -> None:
    """Both are monthly_report: without recipient the upload of 9.3, with one the statistics for that one."""
    upload = Ledger(
        sent=[Fact("monthly/B1/2026-10/v1", "monthly_report", "accepted", period="2026-10", recipient=None)]
    )
    rows = list_due(warehouse, tmp_path, upload)
    assert [row.subject_type for row in rows if row.kind == "monthly"] == ["certificate"]
    assert states(rows)[("2026-10", "CNCA")] == "overdue"
    to_cnas = Ledger(
        sent=[
            Fact(
                "monthly_statistics/B1/2026-10-CNAS/v1",
                "monthly_report",
                "accepted",
                period="2026-10",
                recipient="CNAS",
            )
        ]
    )
    rows = list_due(warehouse, tmp_path, to_cnas)
    assert ("2026-10", "CNAS") not in states(rows)
    assert states(rows)[("2026-10", "CNCA")] == "overdue"
    assert len([row for row in rows if row.kind == "monthly"]) == 2


def test_one_line_per_file_and_state(warehouse: Path, tmp_path: Path) -> None:
    rows = list_due(warehouse, tmp_path)
    lines = [(group.first.kind, group.first.state, group.subjects) for group in grouped(rows)]
    assert ("monthly", "overdue", ("C1",)) in lines
    assert ("audit_plan", "due", ("A2",)) in lines
    assert ("audit_plan", "rejected", ("A3",)) in lines
    assert len(grouped(rows, by_state=False)) == len(lines) - 1


def test_the_table_says_what_to_do_next(warehouse: Path, tmp_path: Path) -> None:
    lines = render(grouped(list_due(warehouse, tmp_path)), AS_OF, 90)
    text = "\n".join(lines)
    assert "certhouse submission prepare monthly --period 2026-10 --body B1" in text
    assert "certhouse submission prepare audit_plan --body B1" in text
    assert "unknown" in text, "a due day that cannot be told is shown as such"
    assert lines[0] == "Due on 2026-11-20 or within 90 days:"
    assert render([], AS_OF, 90) == ["Nothing is due on 2026-11-20 or within 90 days."]


def test_a_later_day_than_the_warehouses_sees_what_has_become_late(warehouse: Path, tmp_path: Path) -> None:
    """Nobody ran it over the weekend: the deadline passed all the same."""
    later = states(list_due(warehouse, tmp_path, on=date(2026, 11, 25)))
    assert later[("A2", "CNCA")] == "overdue"
    assert states(list_due(warehouse, tmp_path, on=date(2026, 11, 24)))[("A2", "CNCA")] == "due"


def test_what_is_late_to_be_prepared(warehouse: Path, tmp_path: Path) -> None:
    """Soon due, overdue or of unknown day, and nowhere prepared. Sent, foreseen and far ones are no alarm."""
    prepared(tmp_path, "audit_plan/B1/2026-11-19/v1", "audit_plan,,A1,CNCA,,")
    ledger = Ledger([Filing("audit_plan/B1/2026-11-19/v1", "prepared")])
    late = {
        (row.kind, row.subject_id, row.recipient)
        for row in late_to_prepare(list_due(warehouse, tmp_path, ledger))
    }
    assert late == {
        ("status_change", "E1", "CNCA"),
        ("monthly", "B1", "CNCA"),
        ("monthly", "C1", "CNCA"),
        ("monthly_statistics", "B1", "CNCA"),
        ("monthly_statistics", "B1", "CNAS"),
    }
    near = {row.subject_id for row in late_to_prepare(list_due(warehouse, tmp_path, on=date(2026, 11, 22)))}
    assert {"A2", "A3"} <= near, "two days before the due day it is time for an audit plan"
