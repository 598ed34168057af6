"""Sources without a column of keys. A failure means that a ledger that knows numbers and names only could not be read, or that
one of two namesakes would be taken for the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingestion.landing import Batch, land
from tests.support.small_source import (
    Tables,
    csv_text,
    fates,
    headings,
    landed,
    losses,
    small_source,
    write_source,
)

_KEYS = {"certificate": "certificate_id", "organization": "org_id", "person": "person_id"}


def by_names() -> Tables:
    """The small source as a body keeps it that has no numbers of its own."""
    tables = small_source()
    clients = {"O1": "91330100MA2ABCDE1X", "O2": "乙数据有限公司"}
    people = {"P1": "110101199001011237", "P2": "李四"}
    certificates = {"C1": "11126IT00001R0CNAS", "C2": "11126IT00001R0CNAS-1"}
    for rows in tables.values():
        for row in rows:
            for column, names in (
                ("org_id", clients), ("person_id", people), ("decided_by", people), ("mentor_id", people),
                ("certificate_id", certificates), ("parent_certificate_id", certificates),
            ):  # fmt: skip
                if column in row:
                    row[column] = names[row[column]]
    for table, key in _KEYS.items():
        for row in tables[table]:
            row.pop(key)
    return tables


@pytest.fixture
def land_without_keys(tmp_path: Path) -> Callable[[Tables], Batch]:
    def run(tables: Tables) -> Batch:
        folder = write_source(tmp_path / "s", tables)
        for table, key in _KEYS.items():
            names = [name for name in headings(table) if name != key]
            (folder / f"{table}.csv").write_text(csv_text(tables[table], names), "utf-8")
        return land(str(folder), tmp_path / "home")

    return run


def test_numbers_and_names_are_keys_and_references_lead_to_them(
    land_without_keys: Callable[[Tables], Batch],
) -> None:
    batch = land_without_keys(by_names())
    assert losses(batch) == []
    assert fates(batch, "stub", "listed") == []
    certificates = landed(batch, "certificate")
    assert [row["certificate_id"] for row in certificates] == ["11126IT00001R0CNAS", "11126IT00001R0CNAS-1"]
    assert certificates[1]["parent_certificate_id"] == "11126IT00001R0CNAS"
    assert [row["org_id"] for row in landed(batch, "organization")] == [
        "91330100MA2ABCDE1X",
        "乙数据有限公司",
    ]
    people = [row["person_id"] for row in landed(batch, "person")]
    assert [row["person_id"] for row in landed(batch, "audit_assignment")] == people
    assert not any("110101199001011237" in key or "李四" in key for key in people)


def test_a_name_that_two_have_leads_to_neither(land_without_keys: Callable[[Tables], Batch]) -> None:
    tables = by_names()
    tables["person"] += [
        {"body_id": "B1", "name": "李四", "id_number": "110101199001014321", "employment": "full_time"},
        {"body_id": "B1", "name": "王五", "employment": "full_time"},
    ]
    batch = land_without_keys(tables)
    assert {(row["table_name"], row["column_name"], row["reason"]) for row in fates(batch, "listed")} == {
        ("audit_assignment", "person_id", "ambiguous_name"), ("relationship", "person_id", "ambiguous_name"),
    }  # fmt: skip
    assert len([row for row in landed(batch, "person") if not row["is_stub"]]) == 4
    assert "李四" not in repr(fates(batch)) + repr(landed(batch, "audit_assignment"))


def test_a_record_that_nothing_names_is_set_aside(land_without_keys: Callable[[Tables], Batch]) -> None:
    tables = by_names()
    tables["organization"].append({"licence_required": "false", "staff_total": "7"})
    batch = land_without_keys(tables)
    (row,) = fates(batch, "set_aside")
    assert (row["fate"], row["table_name"], row["reason"]) == ("set_aside", "organization", "key_missing")
