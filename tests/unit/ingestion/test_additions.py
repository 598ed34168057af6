"""Rows that the project adds to a source: what the authority answered, beside the body's own records.

A failure means that a receipt would be lost, or counted as the body's own word, or that a run without any
would make another batch than it did before there were receipts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingestion.landing import Batch, land
from tests.support.small_source import (
    Row,
    csv_text,
    fates,
    headings,
    landed,
    losses,
    small_source,
    write_source,
)
from tests.unit.ingestion.test_databases import write_sqlite
from tests.unit.ingestion.test_workbooks import all_sheets, write_workbook

RECEIPT: Row = {
    "report_id": "ledger-1", "body_id": "B1", "kind": "status_change", "subject_id": "E1",
    "recipient": "CNCA", "reported_on": "2026-09-02", "receipt_no": "0012", "result": "accepted",
}  # fmt: skip


def additions(folder: Path, *rows: Row) -> dict[str, Path]:
    path = folder / "ledger-facts.csv"
    columns = [column for column in headings("cnca_report") if column != "period"]
    path.write_text(csv_text(rows, columns), encoding="utf-8")
    return {"cnca_report": path}


def as_folder(place: Path) -> str:
    return str(write_source(place / "source"))


def as_workbook(place: Path) -> str:
    return str(write_workbook(place / "source.xlsx", all_sheets()))


def as_database(place: Path) -> str:
    return write_sqlite(place / "source.sqlite", small_source())


def reports(batch: Batch) -> list[tuple[str, str, str | None]]:
    return [(row["report_id"], row["kind"], row["receipt_no"]) for row in landed(batch, "cnca_report")]


@pytest.mark.parametrize("made", [as_folder, as_workbook, as_database])
def test_added_rows_land_behind_the_sources_own(made: Callable[[Path], str], tmp_path: Path) -> None:
    """A receipt number keeps its zeros, a column that the addition does not have is empty."""
    source = made(tmp_path)
    before = land(source, tmp_path / "home")
    after = land(source, tmp_path / "home", additions=additions(tmp_path, RECEIPT))
    assert reports(after) == [*reports(before), ("ledger-1", "status_change", "0012")]
    assert landed(after, "cnca_report")[-1]["period"] is None
    assert losses(after) == []
    for table in small_source():
        if table != "cnca_report":
            assert landed(after, table) == landed(before, table)


def test_a_source_without_the_table_has_the_added_rows_alone(tmp_path: Path) -> None:
    tables = small_source()
    del tables["cnca_report"]
    source = write_source(tmp_path / "source", tables)
    batch = land(str(source), tmp_path / "home", additions=additions(tmp_path, RECEIPT))
    assert reports(batch) == [("ledger-1", "status_change", "0012")]


def test_nothing_added_is_the_batch_that_it_always_was(tmp_path: Path) -> None:
    source = as_folder(tmp_path)
    assert land(source, tmp_path / "home", additions={}) == land(source, tmp_path / "home")


def test_what_is_added_makes_the_batch(tmp_path: Path) -> None:
    source = as_folder(tmp_path)
    plain = land(source, tmp_path / "home")
    accepted = land(source, tmp_path / "home", additions=additions(tmp_path, RECEIPT))
    again = land(source, tmp_path / "home", additions=additions(tmp_path, RECEIPT))
    rejected = land(
        source, tmp_path / "home", additions=additions(tmp_path, {**RECEIPT, "result": "rejected"})
    )
    assert accepted == again
    assert len({plain.batch_id, accepted.batch_id, rejected.batch_id}) == 3


def test_the_manifest_names_both_files_with_their_rows(tmp_path: Path) -> None:
    batch = land(as_folder(tmp_path), tmp_path / "home", additions=additions(tmp_path, RECEIPT))
    named = [
        (file["name"], file["rows"]) for file in batch.manifest["files"] if file["table"] == "cnca_report"
    ]
    assert named == [("cnca_report.csv", 1), ("ledger-facts.csv", 1)]
    assert batch.manifest["tables"]["cnca_report"]["rows_in"] == 2


def test_an_added_row_of_a_body_that_the_source_no_longer_has_stays(tmp_path: Path) -> None:
    stray = {**RECEIPT, "report_id": "ledger-2", "body_id": "B9"}
    batch = land(as_folder(tmp_path), tmp_path / "home", additions=additions(tmp_path, RECEIPT, stray))
    assert [row[0] for row in reports(batch)] == ["R1", "ledger-1", "ledger-2"]
    assert losses(batch) == []
    assert [row["row_key"] for row in fates(batch, "stub")] == ["B9"]
    counts = batch.manifest["tables"]["cnca_report"]
    assert (counts["rows_in"], counts["landed"], counts["set_aside"]) == (3, 3, 0)


def test_a_misshapen_line_is_named_in_the_file_that_has_it(tmp_path: Path) -> None:
    source = tmp_path / "source"
    write_source(source)
    with (source / "cnca_report.csv").open("a", encoding="utf-8") as file:
        file.write("too,few\n")
    added = additions(tmp_path, RECEIPT)
    with added["cnca_report"].open("a", encoding="utf-8") as file:
        file.write("also,too,few\n")
    batch = land(str(source), tmp_path / "home", additions=added)
    assert [(row["source_file"], row["source_row"]) for row in losses(batch)] == [
        ("cnca_report.csv", 3),
        ("ledger-facts.csv", 3),
    ]
    assert [row[0] for row in reports(batch)] == ["R1", "ledger-1"]


def test_a_key_that_stands_in_both_is_taken_from_neither(tmp_path: Path) -> None:
    batch = land(
        as_folder(tmp_path), tmp_path / "home", additions=additions(tmp_path, {**RECEIPT, "report_id": "R1"})
    )
    assert reports(batch) == []
    assert {(row["source_file"], row["source_row"]) for row in losses(batch)} == {
        ("cnca_report.csv", 2),
        ("ledger-facts.csv", 2),
    }
