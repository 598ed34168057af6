"""What becomes of rows and cells. A failure means that a row would be lost for one bad cell, that a bad cell would pass for
an empty one, or that the clerk who has to mend it would not find it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.contract import contract
from ingestion.fates import FATES, REASONS
from ingestion.landing import Batch, land
from tests.support.small_source import (
    Row,
    Tables,
    fates,
    landed,
    losses,
    repairs,
    small_source,
    write_source,
)
from tests.unit.ingestion import plain_contract
from tests.unit.ingestion.conftest import Land


def told(batch: Batch, *kinds: str) -> set[tuple[str, str, int | None, str | None, str]]:
    return {
        (row["fate"], row["table_name"], row["source_row"], row["column_name"], row["reason"])
        for row in fates(batch, *kinds)
    }


def counts(batch: Batch, table: str) -> dict[str, object]:
    """Of rows and cells; not which columns there were and how full they are, which the next landing asks."""
    told = batch.manifest["tables"][table]
    return {name: count for name, count in told.items() if count and name not in ("columns", "filled")}


def test_what_a_clerk_needs_is_told(land_tables: Land) -> None:
    tables = small_source()
    tables["internal_audit"][0]["held_on"] = "26/2/1"
    (row,) = losses(land_tables(tables))
    assert row == {
        "fate": "emptied",
        "table_name": "internal_audit",
        "source_file": "internal_audit.csv",
        "source_row": 2,
        "column_name": "held_on",
        "reason": "date_two_digit_year",
        "raw_value": "26/2/1",
        "row_key": "I1",
        "cells": 1,
        "message": "held_on has a two-digit year: write the year with four digits.",
        "message_zh": "“内审日期”的年份只有两位，请填写四位年份。",
    }


@pytest.mark.parametrize(
    ("table", "column", "text", "reason"),
    [
        ("internal_audit", "held_on", "2026-02-30", "date_impossible"),
        ("internal_audit", "held_on", "0000-00-00", "date_zero"),
        ("service_objective", "target", "90%", "number_unreadable"),
        ("audit_site", "headcount", "eighty", "int_unreadable"),
        ("audit_site", "audited", "perhaps", "bool_unreadable"),
        ("audit", "status", "someday", "not_in_list"),
        ("cnca_report", "period", "2026年第一季度", "period_unreadable"),
        ("audit", "planned_start_time", "半夜", "time_unreadable"),
        ("person", "employment", "sometimes", "not_in_list"),
        ("certificate", "certificate_no", "1.34202500020001e+17", "digits_lost"),
    ],
)
def test_a_cell_that_cannot_be_read_is_emptied_and_marked_and_its_row_stays(
    land_tables: Land, table: str, column: str, text: str, reason: str
) -> None:
    tables = small_source()
    tables[table][0][column] = text
    batch = land_tables(tables)
    assert told(batch) == {("emptied", table, 2, column, reason)}
    rows = landed(batch, table)
    assert len(rows) == len(tables[table])
    assert rows[0][column] is None
    assert rows[0]["unreadable_columns"] == [column]
    assert [row["unreadable_columns"] for row in rows[1:]] == [[]] * (len(rows) - 1)
    assert batch.manifest["tables"][table]["emptied"] == {column: 1}


@pytest.mark.parametrize("text", ["", "NULL", "　"])
def test_an_empty_required_cell_is_listed_and_its_row_stays_unmarked(land_tables: Land, text: str) -> None:
    tables = small_source()
    tables["internal_audit"][0]["held_on"] = text
    batch = land_tables(tables)
    assert told(batch, "missing") == {("missing", "internal_audit", 2, "held_on", "missing_required")}
    (row,) = landed(batch, "internal_audit")
    assert (row["held_on"], row["unreadable_columns"]) == (None, [])
    assert batch.manifest["tables"]["internal_audit"]["missing"] == {"held_on": 1}


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("person_id", "", "key_missing"),
        ("started_on", "NULL", "key_missing"),
        ("started_on", "some day", "date_unreadable"),
        ("kind", "friendship", "not_in_list"),
        ("org_id", "1.1E+17", "digits_lost"),
    ],
)
def test_a_row_without_a_usable_key_is_set_aside(
    land_tables: Land, column: str, text: str, reason: str
) -> None:
    tables = small_source()
    tables["relationship"][0][column] = text
    batch = land_tables(tables)
    assert told(batch) == {("set_aside", "relationship", 2, column, reason)}
    assert counts(batch, "relationship") == {"rows_in": 1, "set_aside": 1}


def test_a_row_with_several_faults_is_listed_for_each_and_counts_once(land_tables: Land) -> None:
    tables = small_source()
    tables["internal_audit"][0] |= {"held_on": "soon", "body_id": ""}
    batch = land_tables(tables)
    assert {reason for *_, reason in told(batch)} == {"date_unreadable", "missing_required"}
    assert counts(batch, "internal_audit") == {
        "rows_in": 1, "landed": 1, "emptied": {"held_on": 1}, "missing": {"body_id": 1},
    }  # fmt: skip


def test_personal_data_is_not_repeated(land_tables: Land) -> None:
    tables = small_source()
    tables["person"].append(
        {
            "person_id": "P3",
            "body_id": "B1",
            "name": "赵六\t",
            "employment": "sometimes",
            "id_number": "1.1010119900307E+17",
        }
    )
    tables["organization"][1]["phone"] = " 13912345678"
    batch = land_tables(tables)
    assert [(row["column_name"], row["raw_value"], row["row_key"]) for row in losses(batch)] == [
        ("id_number", "***", "P3"), ("employment", "sometimes", "P3"),
    ]  # fmt: skip
    assert {(repair["column"], repair["raw"]) for repair in repairs(batch)} == {
        ("phone", "***"),
        ("name", "***"),
    }
    texts = repr(fates(batch)) + str(batch.manifest)
    for personal in ("赵六", "13912345678", "1.1010119900307E+17"):
        assert personal not in texts


# --- keys


def test_equal_keys_that_say_something_else_are_none_of_them_taken(land_tables: Land) -> None:
    tables = small_source()
    tables["internal_audit"] += [
        {"internal_audit_id": "I1", "body_id": "B1", "held_on": "not a day"},
        {"internal_audit_id": "I2", "body_id": "B1", "held_on": "2026-03-01"},
    ]
    batch = land_tables(tables)
    assert [row["internal_audit_id"] for row in landed(batch, "internal_audit")] == ["I2"]
    assert told(batch, "set_aside") == {
        ("set_aside", "internal_audit", 2, "internal_audit_id", "duplicate_key"),
        ("set_aside", "internal_audit", 3, "internal_audit_id", "duplicate_key"),
    }


def test_rows_that_are_equal_in_every_cell_are_one_row(land_tables: Land) -> None:
    tables = small_source()
    tables["internal_audit"] += [dict(tables["internal_audit"][0]), dict(tables["internal_audit"][0])]
    batch = land_tables(tables)
    assert [row["_source_row"] for row in landed(batch, "internal_audit")] == [2]
    assert told(batch) == {
        ("merged", "internal_audit", 3, "internal_audit_id", "same_row"),
        ("merged", "internal_audit", 4, "internal_audit_id", "same_row"),
    }
    assert counts(batch, "internal_audit") == {"rows_in": 3, "landed": 1, "merged": 2}


@pytest.mark.parametrize(("texts", "taken"), [(("soon", "soon"), 1), (("soon", "later"), 0)])
def test_cells_that_cannot_be_read_are_equal_when_the_same_stood_there(
    land_tables: Land, texts: tuple[str, str], taken: int
) -> None:
    tables = small_source()
    tables["internal_audit"] = [
        {"internal_audit_id": "I1", "body_id": "B1", "held_on": text} for text in texts
    ]
    assert len(landed(land_tables(tables), "internal_audit")) == taken


def test_keys_are_equal_when_they_mean_the_same(land_tables: Land) -> None:
    tables = small_source()
    same: Row = {"person_id": "Ｐ２", "org_id": " O2", "kind": "技术服务", "started_on": "2025/1/1"}
    tables["relationship"].append(same)
    assert told(land_tables(tables), "merged") == {
        ("merged", "relationship", 3, "person_id,org_id,kind,started_on", "same_row")
    }


def test_an_event_number_that_stands_twice_in_a_certificate_is_listed(land_tables: Land) -> None:
    tables = small_source()
    event = {"event": "changed", "effective_on": "2026-11-01", "seq": "2"}
    tables["certificate_event"] += [
        {"event_id": "E3", "certificate_id": "C1", **event},
        {"event_id": "E4", "certificate_id": "C2", **event},
    ]
    batch = land_tables(tables)
    assert [row["event_id"] for row in landed(batch, "certificate_event")] == ["E1", "E2", "E3", "E4"]
    assert told(batch) == {
        ("listed", "certificate_event", row, "certificate_id,seq", "not_unique") for row in (3, 4)
    }


# --- references


def test_an_unknown_record_is_a_stub_and_nothing_that_refers_to_it_is_lost(land_tables: Land) -> None:
    tables = small_source()
    tables["audit_assignment"] += [
        {"audit_id": "A9", "person_id": "P9", "role": "auditor", "onsite_start": "2026-05-10",
         "onsite_end": "2026-05-12", "onsite_days": "3"},
        {"audit_id": "A1", "person_id": "P9", "role": "auditor", "onsite_start": "2026-05-10",
         "onsite_end": "2026-05-12", "onsite_days": "3"},
    ]  # fmt: skip
    batch = land_tables(tables)
    assert len(landed(batch, "audit_assignment")) == 4
    *_, person = landed(batch, "person")
    assert person == dict.fromkeys(person) | {"person_id": "P9", "is_stub": True, "unreadable_columns": []}
    assert [row["is_stub"] for row in landed(batch, "person")] == [False, False, True]
    stubs = {(row["table_name"], row["row_key"], row["reason"], row["cells"]) for row in fates(batch, "stub")}
    assert stubs == {("person", "P9", "unknown_reference", 2), ("audit", "A9", "unknown_reference", 1)}
    assert counts(batch, "person") == {"rows_in": 2, "landed": 2, "stubs": 1}


@pytest.mark.parametrize(
    ("table", "column", "target"),
    [
        (name, column.name, column.references.table)
        for name, table in contract().tables.items()
        for column in table.references
        if column.references and name in small_source()
    ],
)
def test_every_reference_keeps_its_value_and_makes_a_stub(
    land_tables: Land, table: str, column: str, target: str
) -> None:
    tables = small_source()
    tables[table][0][column] = "X9"
    batch = land_tables(tables)
    assert landed(batch, table)[0][column] == "X9" or column in contract().tables[table].pk
    assert "X9" in [row[contract().tables[target].pk[0]] for row in landed(batch, target) if row["is_stub"]]


def test_a_key_whose_rows_were_set_aside_is_a_stub_where_others_refer_to_it(land_tables: Land) -> None:
    tables = small_source()
    tables["person"].append(tables["person"][0] | {"name": "另一人"})
    batch = land_tables(tables)
    assert [(row["person_id"], row["is_stub"]) for row in landed(batch, "person")] == [
        ("P2", False),
        ("P1", True),
    ]
    (stub,) = fates(batch, "stub")
    assert (stub["row_key"], stub["reason"]) == ("P1", "set_aside_reference")


def test_a_value_that_only_mentions_a_record_makes_no_stub(land_tables: Land) -> None:
    tables = small_source()
    tables["decision"][0]["certificate_id"] = "C9"
    tables["cnca_report"][0]["subject_id"] = "X9"
    tables["cnca_report"].append(
        {
            "report_id": "R2",
            "body_id": "B1",
            "kind": "status_change",
            "subject_id": "E1",
            "reported_on": "2026-09-02",
        }
    )
    batch = land_tables(tables)
    assert landed(batch, "decision")[0]["certificate_id"] == "C9"
    assert told(batch) == {
        ("listed", "decision", 2, "certificate_id", "leads_nowhere"),
        ("listed", "cnca_report", 2, "subject_id", "leads_nowhere"),
    }


# --- what the source has


def delivered(batch: Batch) -> dict[tuple[str, str], bool]:
    import duckdb

    rows = duckdb.sql(f"from read_parquet('{batch.path}/delivered.parquet')").fetchall()
    return {(table, column): is_delivered for table, column, is_delivered in rows}


def test_a_table_or_column_that_the_source_does_not_have_is_not_delivered(tmp_path: Path) -> None:
    tables = small_source()
    del tables["relationship"]
    tables["internal_audit"] = []
    folder = write_source(tmp_path / "s", tables)
    text = (folder / "audit.csv").read_text("utf-8").splitlines()
    at = text[0].split(",").index("top_manager_present")
    (folder / "audit.csv").write_text(
        "\n".join(
            ",".join(cell for place, cell in enumerate(line.split(",")) if place != at) for line in text
        ),
        "utf-8",
    )
    found = delivered(land(str(folder), tmp_path / "home"))
    assert {key for key, is_delivered in found.items() if not is_delivered} == {
        ("relationship", column.name) for column in contract().tables["relationship"].columns
    } | {("audit", "top_manager_present")}
    assert ("audit", "planned_start_time") not in found
    assert not any(table == "body_document" for table, _ in found)


def test_what_the_project_adds_is_not_what_the_body_delivered(tmp_path: Path) -> None:
    tables = small_source()
    del tables["cnca_report"]
    addition = tmp_path / "facts.csv"
    addition.write_text("report_id,body_id,kind,reported_on\nX,B1,monthly_report,2026-07-01\n", "utf-8")
    batch = land(
        str(write_source(tmp_path / "s", tables)), tmp_path / "home", additions={"cnca_report": addition}
    )
    assert len(landed(batch, "cnca_report")) == 1
    assert not delivered(batch)["cnca_report", "report_id"]


def test_a_body_may_declare_a_table_complete_and_empty(tmp_path: Path) -> None:
    tables = small_source()
    del tables["relationship"]
    mapping = tmp_path / "mapping.yml"
    mapping.write_text("complete: [relationship]\n", "utf-8")
    batch = land(str(write_source(tmp_path / "s", tables)), tmp_path / "home", mapping=mapping)
    assert delivered(batch)["relationship", "person_id"]


# --- repairs


def test_repairs_are_counted_by_kind_and_listed_as_examples(land_tables: Land) -> None:
    tables = small_source()
    tables["record_item"] = [
        {"record_id": f"F{at}", "kind": "认证合同", "stored_on": f"2026/1/{at % 28 + 1}",
         "medium": "paper", "signed": "是"}
        for at in range(1, 31)
    ]  # fmt: skip
    batch = land_tables(tables)
    assert batch.manifest["tables"]["record_item"]["repairs"] == {
        "bool_form": 30, "date_form": 30, "value_alias": 30,
    }  # fmt: skip
    listed = [row for row in fates(batch, "repaired") if row["reason"] == "date_form"]
    assert len(listed) == 20
    assert sum(row["cells"] for row in listed) == 30
    assert (listed[0]["source_row"], listed[0]["raw_value"]) == (2, "2026/1/2")


def test_every_rounded_number_is_listed(land_tables: Land) -> None:
    tables = small_source()
    tables["service_objective"] = [
        {"audit_id": f"A{at}", "objective": "other", "target": f"{at}.1234565"} for at in range(30)
    ]
    assert len([row for row in fates(land_tables(tables), "repaired") if row["reason"] == "rounded"]) == 30


def test_an_hour_beside_the_day_of_a_plan_is_kept(land_tables: Land) -> None:
    tables = small_source()
    tables["audit"][0] |= {"planned_start": "2026-05-10 08:30:00", "planned_end": "2026/5/12 下午5:00"}
    tables["audit"][1] |= {"planned_start": "2027-05-10 08:30", "planned_start_time": "9:00"}
    rows = landed(land_tables(tables), "audit")
    assert [str(rows[0][name]) for name in ("planned_start", "planned_start_time", "planned_end", "planned_end_time")] == [
        "2026-05-10", "08:30", "2026-05-12", "17:00",
    ]  # fmt: skip
    assert rows[1]["planned_start_time"] == "09:00"
    assert (str(rows[1]["planned_end"]), rows[1]["planned_end_time"]) == ("2027-05-11", None)


def test_every_fate_and_reason_has_words_in_both_languages() -> None:
    assert all(english and chinese for english, chinese in [*REASONS.values(), *FATES.values()])


# --- any source at all


@st.composite
def spoiled_sources(draw: st.DrawFn) -> Tables:
    """Some tables of a few rows, ids from small pools: keys meet, references lead here, there and nowhere."""
    tables: Tables = {}
    for name, table in contract().tables.items():
        rows = []
        for _ in range(draw(st.integers(0, 4)) if name in small_source() else 0):
            row = dict(draw(st.sampled_from(small_source()[name])))
            for column in table.columns:
                if (
                    column.name in table.pk
                    and column.references is None
                    and column.type == "text"
                    and not column.values
                ):
                    row[column.name] = draw(st.sampled_from("123"))
                elif column.references is not None and (column.required or draw(st.booleans())):
                    row[column.name] = draw(st.sampled_from(["1", "2", "3", "3", "9"]))
            if draw(st.integers(0, 3)) == 0:
                row[draw(st.sampled_from(table.columns)).name] = draw(
                    st.sampled_from(["", "☹", "2026-02-30"])
                )
            rows.append(row)
        tables[name] = rows
    return tables


@settings(max_examples=12, deadline=None)
@given(spoiled_sources())
def test_no_row_is_lost_and_no_cell_is_guessed(tables: Tables) -> None:
    with TemporaryDirectory() as folder:
        batch = land(str(write_source(Path(folder) / "s", tables)), Path(folder) / "home")
        rows = {name: landed(batch, name) for name in contract().tables}
        found = {(n, row["_source_row"] - 2): row for n in rows for row in rows[n] if not row["is_stub"]}
        assert set(found) == plain_contract.taken(tables)
        assert {
            (name, at, column) for (name, at), row in found.items() for column in row["unreadable_columns"]
        } == plain_contract.emptied(tables)
        assert {
            (name, row[contract().tables[name].pk[0]])
            for name in rows
            for row in rows[name]
            if row["is_stub"]
        } == plain_contract.stubs(tables)
        assert {
            (row["table_name"], row["source_row"] - 2) for row in fates(batch, "merged")
        } == plain_contract.merged(tables)
        for (name, at), row in found.items():
            for column in contract().tables[name].columns:
                text = tables[name][at].get(column.name)
                assert (row[column.name] is None) == (not text or column.name in row["unreadable_columns"])
        for name, count in batch.manifest["tables"].items():
            assert count["rows_in"] == len(tables[name])
            assert count["rows_in"] == count["landed"] + count["set_aside"] + count["merged"]
