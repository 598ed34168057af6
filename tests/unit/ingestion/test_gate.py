"""Loads of which too much is missing. A failure means that a bad load would pass for a good day, or that a good one would be
refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingestion.landing import Batch, land
from ingestion.landing.gate import BadLoad, Limits, shortfalls
from tests.support.small_source import Tables, small_source, write_source

LIMITS = Limits(
    set_aside_share=Decimal("0.05"),
    emptied_share=Decimal("0.20"),
    row_drop_share=Decimal("0.30"),
    deciding=frozenset({"audit.status", "record_item.stored_on", "certificate_event.suspended_until"}),
)


def many(tables: Tables, rows: int = 20) -> Tables:
    """A hundred records in the table whose rows nobody refers to."""
    tables["record_item"] = [
        {"record_id": f"F{at}", "audit_id": "A1", "kind": "contract", "stored_on": "2026-03-10", "medium": "paper",
         "signed": "true"}
        for at in range(rows)
    ]  # fmt: skip
    return tables


def load(tmp_path: Path, tables: Tables, name: str = "s", **how: Any) -> Batch:
    how = {"limits": LIMITS} | how
    return land(str(write_source(tmp_path / name, tables)), tmp_path / "home", **how)


def missing(tmp_path: Path, tables: Tables, name: str = "s") -> set[tuple[str, str, str | None]]:
    with pytest.raises(BadLoad) as refused:
        load(tmp_path, tables, name)
    return {(one.kind, one.table, one.column) for one in refused.value.shortfalls}


def test_a_whole_load_is_let_through(tmp_path: Path) -> None:
    assert load(tmp_path, small_source()).manifest["acceptance"] is None


def test_a_required_table_without_a_usable_row_is_refused(tmp_path: Path) -> None:
    tables = small_source()
    for row in tables["audit"]:
        row["audit_id"] = "1.1E+17"
    assert ("no_row", "audit", None) in missing(tmp_path, tables)
    assert not list((tmp_path / "home" / "landing").glob("*"))


@pytest.mark.parametrize(("bad", "refused"), [(1, False), (2, True)])
def test_more_than_a_share_of_rows_set_aside_is_refused(tmp_path: Path, bad: int, refused: bool) -> None:
    """One row of twenty is five in a hundred: not more."""
    tables = many(small_source())
    for at in range(bad):
        tables["record_item"][at]["record_id"] = ""
    if refused:
        assert missing(tmp_path, tables) == {("set_aside", "record_item", None)}
    else:
        load(tmp_path, tables)


def test_rows_that_are_one_row_are_no_loss(tmp_path: Path) -> None:
    tables = many(small_source())
    tables["record_item"] += [dict(tables["record_item"][0]) for _ in range(10)]
    load(tmp_path, tables)


@pytest.mark.parametrize(("column", "bad", "refused"), [
    ("stored_on", 4, False), ("stored_on", 5, True), ("disposed_on", 20, False),
])  # fmt: skip
def test_a_deciding_column_that_cannot_be_read_is_refused(
    tmp_path: Path, column: str, bad: int, refused: bool
) -> None:
    tables = many(small_source())
    for at in range(bad):
        tables["record_item"][at][column] = "some day"
    if refused:
        assert missing(tmp_path, tables) == {("emptied", "record_item", "stored_on")}
    else:
        load(tmp_path, tables)


def test_a_table_that_the_last_batch_had_is_missed(tmp_path: Path) -> None:
    load(tmp_path, small_source())
    tables = small_source()
    del tables["certificate_event"]
    tables["complaint"] = []
    assert missing(tmp_path, tables, "t") == {
        ("table_gone", "certificate_event", None), ("table_gone", "complaint", None),
    }  # fmt: skip


def test_a_column_that_was_renamed_is_missed_and_its_new_name_told(tmp_path: Path) -> None:
    load(tmp_path, small_source())
    folder = write_source(tmp_path / "t", small_source())
    text = (folder / "certificate_event.csv").read_text("utf-8")
    (folder / "certificate_event.csv").write_text(text.replace("suspended_until", "暂停截止", 1), "utf-8")
    with pytest.raises(BadLoad, match="暂停截止") as refused:
        land(str(folder), tmp_path / "home", limits=LIMITS)
    (one,) = refused.value.shortfalls
    assert (one.kind, one.table, one.column) == ("column_gone", "certificate_event", "suspended_until")
    assert refused.value.zh is not None and "暂停截止" in refused.value.zh


def test_a_column_that_lost_all_its_values_is_missed(tmp_path: Path) -> None:
    load(tmp_path, small_source())
    tables = small_source()
    for row in tables["certificate_event"]:
        row.pop("suspended_until", None)
    assert missing(tmp_path, tables, "t") == {("column_gone", "certificate_event", "suspended_until")}


@pytest.mark.parametrize(("rows", "refused"), [(14, False), (13, True), (40, False)])
def test_rows_that_fall_by_more_than_a_share_are_missed(tmp_path: Path, rows: int, refused: bool) -> None:
    load(tmp_path, many(small_source()))
    if refused:
        assert missing(tmp_path, many(small_source(), rows), "t") == {("rows_fell", "record_item", None)}
    else:
        load(tmp_path, many(small_source(), rows), "t")


def test_what_the_body_declares_complete_may_be_gone(tmp_path: Path) -> None:
    load(tmp_path, small_source())
    tables = small_source()
    del tables["relationship"]
    mapping = tmp_path / "mapping.yml"
    mapping.write_text("complete: [relationship]\n", "utf-8")
    load(tmp_path, tables, "t", mapping=mapping)


def test_a_reason_lets_it_through_and_is_kept(tmp_path: Path) -> None:
    load(tmp_path, small_source())
    tables = small_source()
    del tables["complaint"]
    batch = load(tmp_path, tables, "t", accept="投诉系统停机")
    assert batch.manifest["acceptance"]["reason"] == "投诉系统停机"
    assert [one["table"] for one in batch.manifest["acceptance"]["shortfalls"]] == ["complaint"]
    # The same source again, without a word: the same batch, with its reason.
    again = load(tmp_path, tables, "t")
    assert (again.batch_id, again.manifest["acceptance"]["reason"]) == (batch.batch_id, "投诉系统停机")


def test_a_reason_without_need_is_not_kept(tmp_path: Path) -> None:
    batch = load(tmp_path, small_source(), accept="never mind")
    assert batch.manifest["acceptance"] is None
    assert load(tmp_path, small_source()).batch_id == batch.batch_id


def test_a_batch_that_is_there_is_still_held_against_the_last_one(tmp_path: Path) -> None:
    """Yesterday's export put in today's place: it was a good load, and is a bad one now."""
    load(tmp_path, many(small_source(), 5))
    load(tmp_path, many(small_source()), "t")
    assert missing(tmp_path, many(small_source(), 5)) == {("rows_fell", "record_item", None)}


def test_a_lost_note_on_the_last_batch_stops_nothing(tmp_path: Path) -> None:
    load(tmp_path, small_source())
    (tmp_path / "home" / "landing" / "LAST").write_text("{", "utf-8")
    load(tmp_path, many(small_source()), "t")


def test_without_limits_whatever_can_be_read_lands(tmp_path: Path) -> None:
    tables = small_source()
    tables["audit"][0]["audit_id"] = ""
    batch = load(tmp_path, tables, limits=None)
    assert json.loads((batch.path / "manifest.json").read_text("utf-8"))["tables"]["audit"]["set_aside"] == 1
    assert shortfalls(batch.manifest["tables"], None, LIMITS)
