"""What is not taken, and why. A failure means that a bad row would reach the warehouse, a good one would be
lost, or that the clerk who has to mend it would not find it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.contract import contract
from ingestion.landing import Batch, land
from ingestion.quarantine import REASONS
from tests.support.small_source import Row, Tables, landed, quarantined, repairs, small_source, write_source
from tests.unit.ingestion.conftest import Land
from tests.unit.ingestion.plain_contract import emptied, taken


def reasons(batch: Batch) -> set[tuple[str, int, str | None, str]]:
    return {
        (row["table_name"], row["source_row"], row["column_name"], row["reason"])
        for row in quarantined(batch)
    }


def test_what_a_clerk_needs_is_told(land_tables: Land) -> None:
    tables = small_source()
    tables["internal_audit"][0]["held_on"] = "26/2/1"
    (row,) = quarantined(land_tables(tables))
    assert row == {
        "table_name": "internal_audit",
        "source_file": "internal_audit.csv",
        "source_row": 2,
        "column_name": "held_on",
        "reason": "date_two_digit_year",
        "raw_value": "26/2/1",
        "row_key": "I1",
        "message": "held_on has a two-digit year: write the year with four digits.",
        "message_zh": "“内审日期”的年份只有两位，请填写四位年份。",
    }


@pytest.mark.parametrize(
    ("table", "column", "text", "reason"),
    [
        ("relationship", "person_id", "", "missing_required"),
        ("relationship", "started_on", "NULL", "missing_required"),
        ("relationship", "kind", "friendship", "not_in_list"),
        ("internal_audit", "held_on", "2026-02-30", "date_impossible"),
        ("service_objective", "target", "90%", "number_unreadable"),
        ("service_objective", "actual", "0.00000001", "decimal_precision"),
        ("audit_site", "headcount", "eighty", "int_unreadable"),
        ("audit_site", "audited", "perhaps", "bool_unreadable"),
        ("auditor_registration", "valid_until", "长期", "missing_required"),
    ],
)
def test_a_bad_cell_takes_its_row_out(
    land_tables: Land, table: str, column: str, text: str, reason: str
) -> None:
    tables = small_source()
    tables[table][0][column] = text
    assert reasons(land_tables(tables)) == {(table, 2, column, reason)}


def test_a_row_with_several_faults_has_several_reasons_and_counts_once(land_tables: Land) -> None:
    tables = small_source()
    tables["internal_audit"][0] |= {"held_on": "soon", "body_id": ""}
    batch = land_tables(tables)
    assert {reason for *_, reason in reasons(batch)} == {"date_unreadable", "missing_required"}
    assert batch.manifest["tables"]["internal_audit"] == {
        "rows_in": 1,
        "landed": 0,
        "quarantined": 1,
        "repairs": {},
    }


def test_personal_data_is_not_repeated(land_tables: Land) -> None:
    tables = small_source()
    tables["person"].append({"person_id": "P3", "body_id": "B1", "name": "赵六\t", "employment": "sometimes"})
    batch = land_tables(tables)
    assert [(row["raw_value"], row["row_key"]) for row in quarantined(batch)] == [("sometimes", "P3")]
    tables["organization"][1]["phone"] = " 13912345678"
    (repair,) = repairs(land_tables(tables))
    assert (repair["column"], repair["kind"], repair["raw"]) == ("phone", "trimmed", "***")
    texts = repr([*quarantined(batch), *repairs(batch)]) + str(batch.manifest)
    assert "赵六" not in texts
    assert "13912345678" not in texts


def test_equal_keys_are_all_refused_even_if_one_row_is_bad_anyway(land_tables: Land) -> None:
    tables = small_source()
    tables["internal_audit"] += [
        {"internal_audit_id": "I1", "body_id": "B1", "held_on": "not a day"},
        {"internal_audit_id": "I2", "body_id": "B1", "held_on": "2026-03-01"},
    ]
    batch = land_tables(tables)
    assert [row["internal_audit_id"] for row in landed(batch, "internal_audit")] == ["I2"]
    assert reasons(batch) == {
        ("internal_audit", 2, "internal_audit_id", "duplicate_key"),
        ("internal_audit", 3, "internal_audit_id", "duplicate_key"),
        ("internal_audit", 3, "held_on", "date_unreadable"),
    }


def test_keys_are_equal_when_they_mean_the_same(land_tables: Land) -> None:
    tables = small_source()
    same: Row = {"person_id": "Ｐ２", "org_id": " O2", "kind": "技术服务", "started_on": "2025/1/1"}
    tables["relationship"].append(same)
    assert {reason for *_, reason in reasons(land_tables(tables))} == {"duplicate_key"}


def test_the_number_of_an_event_stands_once_in_a_certificate(land_tables: Land) -> None:
    tables = small_source()
    tables["certificate_event"].append(
        {
            "event_id": "E3",
            "certificate_id": "C1",
            "seq": "2",
            "event": "changed",
            "effective_on": "2026-11-01",
        }
    )
    tables["certificate_event"].append(
        {
            "event_id": "E4",
            "certificate_id": "C2",
            "seq": "2",
            "event": "changed",
            "effective_on": "2026-11-01",
        }
    )
    batch = land_tables(tables)
    assert [row["event_id"] for row in landed(batch, "certificate_event")] == ["E1", "E4"]
    assert {row["column_name"] for row in quarantined(batch)} == {"certificate_id,seq"}


def test_what_depends_on_a_refused_row_is_refused_to_the_last(land_tables: Land) -> None:
    """body -> person -> decision; body -> certificate -> event; and all that needs them; a file record needs
    none."""
    tables = small_source()
    tables["certification_body"][0]["approval_no"] = ""
    batch = land_tables(tables)
    counts = {table: count["landed"] for table, count in batch.manifest["tables"].items() if count["landed"]}
    assert counts == {"organization": 2, "record_item": 2}
    assert ("certificate_event", 2, "certificate_id", "depends_on_quarantined") in reasons(batch)


def test_a_reference_to_nothing_is_told_from_one_to_a_refused_row(land_tables: Land) -> None:
    tables = small_source()
    tables["complaint"][0]["body_id"] = "B9"
    tables["nonconformity"][0]["audit_id"] = "A2"
    tables["audit"][1]["status"] = "someday"
    found = {(table, reason) for table, _, _, reason in reasons(land_tables(tables))}
    assert found == {
        ("complaint", "broken_reference"),
        ("audit", "not_in_list"),
        ("nonconformity", "depends_on_quarantined"),
    }


def test_a_broken_optional_reference_is_emptied_and_listed(land_tables: Land) -> None:
    tables = small_source()
    tables["audit_assignment"][1]["mentor_id"] = "P9"
    batch = land_tables(tables)
    assert quarantined(batch) == []
    assert [row["mentor_id"] for row in landed(batch, "audit_assignment")] == [None, None]
    assert repairs(batch) == [
        {
            "table_name": "audit_assignment",
            "line": 3,
            "column": "mentor_id",
            "kind": "broken_reference",
            "raw": "P9",
        }
    ]
    assert batch.manifest["tables"]["audit_assignment"]["repairs"] == {"broken_reference": 1}


def test_an_optional_reference_in_a_circle_is_emptied_when_its_target_goes(land_tables: Land) -> None:
    """audit -> application and certificate -> decision -> audit: a refused decision only empties the
    certificate's cell."""
    tables = small_source()
    tables["decision"][0]["decided_on"] = ""
    tables["application"][0]["kind"] = "whatever"
    batch = land_tables(tables)
    assert [row["decision_id"] for row in landed(batch, "certificate")] == [None, None]
    assert [row["application_id"] for row in landed(batch, "audit")] == [None, None]
    assert [row["certificate_id"] for row in landed(batch, "audit")] == [None, "C1"]
    assert [row["parent_certificate_id"] for row in landed(batch, "certificate")] == [None, "C1"]
    assert {(row["table_name"], row["column"]) for row in repairs(batch)} == {
        ("audit", "application_id"), ("certificate", "decision_id"), ("record_item", "application_id"),
    }  # fmt: skip


def test_a_decision_may_name_a_certificate_that_is_not_there(land_tables: Land) -> None:
    """The contract gives decision.certificate_id no reference: a refused certificate leaves its decision
    alone."""
    tables = small_source()
    tables["decision"][0]["certificate_id"] = "C9"
    batch = land_tables(tables)
    assert landed(batch, "decision")[0]["certificate_id"] == "C9"
    assert repairs(batch) == []


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
    listed = [row for row in repairs(batch) if row["kind"] == "date_form"]
    assert len(listed) == 20
    assert listed[0] == {"table_name": "record_item", "line": 2, "column": "stored_on", "kind": "date_form",
                         "raw": "2026/1/2"}  # fmt: skip


def test_repairs_are_listed_of_rows_that_are_taken_only(land_tables: Land) -> None:
    tables = small_source()
    tables["internal_audit"].append({"internal_audit_id": "I2", "body_id": "B9", "held_on": "2026/3/5"})
    assert repairs(land_tables(tables)) == []


def test_every_reason_has_words_in_both_languages() -> None:
    assert all(english and chinese for english, chinese in REASONS.values())


# --- any source at all
# ------------------------------------------------------------------------------------------------


@st.composite
def spoiled_sources(draw: st.DrawFn) -> Tables:
    """Some tables of a few rows, ids from small pools: keys meet, references lead here, there and nowhere."""
    tables: Tables = {}
    for name, table in contract().tables.items():
        rows = []
        for _ in range(draw(st.integers(0, 4))):
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
def test_exactly_the_rows_that_keep_the_contract_are_taken(tables: Tables) -> None:
    with TemporaryDirectory() as folder:
        batch = land(str(write_source(Path(folder) / "s", tables)), Path(folder) / "home")
        found = {
            (name, row["_source_row"] - 2): row for name in contract().tables for row in landed(batch, name)
        }
        assert set(found) == taken(tables)
        holes = {
            (name, at, column.name)
            for (name, at), row in found.items()
            for column in contract().tables[name].references
            if tables[name][at].get(column.name) and row[column.name] is None
        }
        assert holes == emptied(tables)
        refused = quarantined(batch)
        for name, count in batch.manifest["tables"].items():
            lines = {row["source_row"] for row in refused if row["table_name"] == name}
            assert count["rows_in"] == len(tables[name]) == count["landed"] + count["quarantined"]
            assert count["landed"] == len(landed(batch, name))
            assert count["quarantined"] == len(lines)
