"""The ledger's facts as rows of the contract.

A failure means that a run lands other answers than the ledger has, or another batch for the same answers.
"""

from __future__ import annotations

import csv
from pathlib import Path

from dagster_project.filing.facts_file import FACTS_FILE, TABLE, write_facts
from dagster_project.warehouse.home import Home
from ingestion.contract import contract
from tests.support.filed import brought_to, open_ledger, registered


def facts(root: Path, out: Path) -> list[dict[str, str]]:
    out.mkdir(exist_ok=True)
    path = write_facts(Home.of(root), out)
    assert path == out / FACTS_FILE
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_home_without_ledger_has_none_and_gets_none(tmp_path: Path) -> None:
    assert write_facts(Home.of(tmp_path / "home"), tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_what_was_not_sent_is_no_fact(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "home") as ledger:
        registered(ledger)
        brought_to(ledger, "approved")
    assert write_facts(Home.of(tmp_path / "home"), tmp_path) is None


def test_rows_are_as_the_contract_has_them(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "home") as ledger:
        registered(ledger)
        brought_to(ledger, "partly_accepted")
    rows = facts(tmp_path / "home", tmp_path / "out")
    assert list(rows[0]) == [column.name for column in contract().tables[TABLE].columns]
    assert {
        (row["kind"], row["subject_id"], row["period"], row["recipient"], row["result"]) for row in rows
    } == {
        ("certification_result", "C1", "", "CNCA", "accepted"),
        ("certification_result", "C2", "", "CNCA", "rejected"),
        ("monthly_report", "", "2026-10", "", "accepted"),
    }
    assert {(row["body_id"], row["reported_on"], row["receipt_no"]) for row in rows} == {
        ("B1", "2026-11-20", "CNCA-1")
    }


def test_a_fact_keeps_its_id_when_it_is_answered(tmp_path: Path) -> None:
    ids = {}
    for phase in ("sent", "accepted"):
        with open_ledger(tmp_path / phase) as ledger:
            registered(ledger)
            brought_to(ledger, phase)
        ids[phase] = [row["report_id"] for row in facts(tmp_path / phase, tmp_path / f"{phase}-out")]
    assert ids["sent"] == ids["accepted"]
    assert len(set(ids["sent"])) == 3
    assert all(name.startswith("ledger-") for name in ids["sent"])


def test_the_same_answers_are_the_same_bytes(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "home") as ledger:
        registered(ledger)
        brought_to(ledger, "accepted")
    written = set()
    for number in range(2):
        facts(tmp_path / "home", tmp_path / str(number))
        written.add((tmp_path / str(number) / FACTS_FILE).read_bytes())
    assert len(written) == 1
