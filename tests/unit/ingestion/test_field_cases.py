"""Inputs as people really have them, landed whole: each with the value that a person would read. A failure means that such an
input lands as something else, or silently."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from dagster_project.warehouse.limits import limits
from ingestion.landing import Batch, land
from ingestion.landing.gate import BadLoad
from tests.support.small_source import Tables, fates, headings, landed, small_source, write_source


def as_workbook(folder: Path, table: str, rows: list[dict[str, Any]]) -> None:
    """The table as a workbook in which numbers are numbers and days are days."""
    (folder / f"{table}.csv").unlink(missing_ok=True)
    names = headings(table)
    with xlsxwriter.Workbook(str(folder / f"{table}.xlsx"), {"default_date_format": "yyyy-mm"}) as book:
        sheet = book.add_worksheet(table)
        sheet.write_row(0, 0, names)
        for at, row in enumerate(rows, start=1):
            for position, name in enumerate(names):
                if row.get(name) is not None:
                    sheet.write(at, position, row[name])


def as_parquet(folder: Path, table: str, rows: list[dict[str, Any]]) -> None:
    (folder / f"{table}.csv").unlink(missing_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), folder / f"{table}.parquet")


def landed_from(tmp_path: Path, folder: Path) -> Batch:
    return land(str(folder), tmp_path / "home")


def reasons(batch: Batch, *kinds: str) -> set[tuple[str, str, str]]:
    return {(row["table_name"], row["column_name"], row["reason"]) for row in fates(batch, *kinds)}


def test_codes_typed_as_numbers_come_back_or_are_said_to_be_lost(tmp_path: Path) -> None:
    tables: Any = small_source()
    tables["person"][0] |= {"id_number": 110101199001011237, "id_type_code": 1, "phone": 13800000001}
    tables["organization"][0] |= {
        "postcode": 10020,
        "industry_code": 111,
        "region_code": 330100,
        "staff_total": 120,
    }
    tables["certificate"][0] |= {"certificate_no": 134202500020001001, "scope_codes": 2.01}
    folder = write_source(tmp_path / "s")
    for table in ("person", "organization", "certificate"):
        as_workbook(folder, table, tables[table])
    batch = landed_from(tmp_path, folder)
    person, client, certificate = (
        landed(batch, table)[0] for table in ("person", "organization", "certificate")
    )
    assert (person["id_number"], person["id_type_code"], person["phone"]) == (None, "01", "13800000001")
    assert person["unreadable_columns"] == ["id_number"]
    assert (client["postcode"], client["industry_code"], client["region_code"]) == (
        "010020",
        "0111",
        "330100",
    )
    assert (certificate["certificate_no"], certificate["scope_codes"]) == (None, "02.01")
    assert reasons(batch, "emptied") == {
        ("person", "id_number", "digits_lost"), ("certificate", "certificate_no", "digits_lost"),
    }  # fmt: skip


def test_a_month_that_a_spreadsheet_made_a_date_is_a_month(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    report = small_source()["cnca_report"][0]
    as_workbook(
        folder, "cnca_report", [report | {"period": datetime(2026, 3, 1)}, report | {"report_id": "R2"}]
    )
    batch = landed_from(tmp_path, folder)
    assert [row["period"] for row in landed(batch, "cnca_report")] == ["2026-03", "2026-06"]
    assert reasons(batch) == {("cnca_report", "period", "month_from_date")}


def test_marks_that_protect_a_number_and_marks_that_nobody_sees_are_taken_off(tmp_path: Path) -> None:
    tables = small_source()
    tables["certificate"][0] |= {"certificate_no": "'11126IT00001R0CNAS", "org_id": "O1\u2060"}
    tables["certificate"][1] |= {"certificate_no": '="11126IT00001R0CNAS-1"', "body_id": "\u202aB1\u202c"}
    tables["person"][0]["name"] = "张\u200b三\u200e"
    batch = landed_from(tmp_path, write_source(tmp_path / "s", tables))
    rows = landed(batch, "certificate")
    assert [row["certificate_no"] for row in rows] == ["11126IT00001R0CNAS", "11126IT00001R0CNAS-1"]
    assert {(row["org_id"], row["body_id"]) for row in rows} == {("O1", "B1")}
    assert landed(batch, "person")[0]["name"] == "张三"
    assert {row["fate"] for row in fates(batch)} == {"repaired"}


def test_five_digits_of_a_program_are_no_day(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    rows: list[dict[str, Any]] = [
        {**row, "issued_on": 20612, "expires_on": date(2029, 6, 7), "cycle_no": 0}
        for row in small_source()["certificate"]
    ]
    as_parquet(folder, "certificate", rows)
    batch = landed_from(tmp_path, folder)
    assert [(row["issued_on"], row["expires_on"]) for row in landed(batch, "certificate")] == [
        (None, date(2029, 6, 7))
    ] * 2
    assert reasons(batch) == {("certificate", "issued_on", "date_unreadable")}


def test_a_nested_value_is_unreadable_never_notation(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    rows = [{**row, "scope_codes": [{"code": "04.03"}]} for row in small_source()["certificate"]]
    as_parquet(folder, "certificate", rows)
    batch = landed_from(tmp_path, folder)
    assert [(row["scope_codes"], row["unreadable_columns"]) for row in landed(batch, "certificate")] == [
        (None, ["scope_codes"])
    ] * 2
    assert reasons(batch, "emptied") == {("certificate", "scope_codes", "nested_value")}


def test_local_times_of_audits_are_days_and_their_hours_are_kept(tmp_path: Path) -> None:
    tables = small_source()
    for row in tables["audit"]:
        row["planned_start"] += " 08:30:00"
        row["planned_end"] += " 17:00:00"
    batch = landed_from(tmp_path, write_source(tmp_path / "s", tables))
    first = landed(batch, "audit")[0]
    assert (first["planned_start"], first["planned_end"]) == (date(2026, 5, 10), date(2026, 5, 12))
    assert (first["planned_start_time"], first["planned_end_time"]) == ("08:30", "17:00")
    assert fates(batch, "set_aside", "emptied", "stub") == []


def keyless_audits() -> Tables:
    tables = small_source()
    for at, row in enumerate(tables["audit"]):
        row["audit_id"] = f"1.1{at}E+17"
    return tables


def test_a_table_that_is_lost_whole_is_refused(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s", keyless_audits())
    with pytest.raises(BadLoad, match="audit: the table is required"):
        land(str(folder), tmp_path / "home", limits=limits())
    batch = land(str(folder), tmp_path / "home", limits=limits(), accept="审核系统正在迁移")
    assert [row["audit_id"] for row in landed(batch, "audit")] == ["A1"]
    assert landed(batch, "audit")[0]["is_stub"]
    days = [row["onsite_days"] for row in landed(batch, "audit_assignment")]
    assert days == [Decimal("2.5"), Decimal(2)], "no person-day is lost with its audit"


def test_negative_days_are_listed_and_a_fraction_of_a_key_leads_to_the_key(tmp_path: Path) -> None:
    tables = small_source()
    tables["audit_assignment"][0]["onsite_days"] = "-2.5"
    for row in tables["certificate"]:
        row["certificate_id"] = row["certificate_id"].removeprefix("C")
    for row in tables["certificate_event"]:
        row["certificate_id"] = "1.0"
    tables["certificate"][1]["parent_certificate_id"] = "1"
    tables["audit"][1]["certificate_id"] = "1.0"
    batch = landed_from(tmp_path, write_source(tmp_path / "s", tables))
    assert reasons(batch, "listed", "stub") == {("audit_assignment", "onsite_days", "negative")}
    assert [row["certificate_id"] for row in landed(batch, "certificate_event")] == ["1", "1"]
