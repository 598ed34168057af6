"""A correction tells what it changes: by record, not by place; personal data masked."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from reports.submissions.differences import Difference
from reports.submissions.error_list import MASK
from reports.submissions.preparing import prepare
from reports.submissions.records.cell_difference import differences
from reports.submissions.records.sheet_form import load_form
from reports.submissions.records.sheet_rows import unpack_sheet

FORM = load_form("cnca-2016")


@pytest.fixture(scope="module")
def corrected(small_body: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions of B1's September: a value changed, a record gone, one new in front, a phone mended."""
    folder = tmp_path_factory.mktemp("corrected")
    prepare("monthly", small_body, folder, body_id="B1", period="2026-09")
    warehouse = folder / "corrected.duckdb"
    shutil.copy(small_body, warehouse)
    relation = "submissions.sub_monthly__certificate_information"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            f"insert into {relation} select * replace ('A-0' as certificate_no, 'C99' as certificate_id)"
            f" from {relation} where certificate_id = 'C03' and report_type = 'exchanged'"
        )
        connection.execute(f"update {relation} set org_name = '=1+1' where certificate_id = 'C08'")
        connection.execute(f"update {relation} set phone = '010-9' where certificate_id = 'C10'")
        connection.execute(f"update {relation} set postcode = null where certificate_id = 'C09'")
        connection.execute(f"delete from {relation} where certificate_id = 'C12'")
    return prepare("monthly", warehouse, folder, body_id="B1", period="2026-09").path


def _found(corrected: Path) -> list[Difference]:
    name = "cnca-monthly-B1-2026-09.xlsx"
    return differences(corrected.parent / "v1" / name, corrected / name, FORM)


def test_changed_cells_are_named_by_record_and_field(corrected: Path) -> None:
    changed = [row for row in _found(corrected) if row.change == "changed"]
    sheet = "证书信息表"
    assert changed == [
        Difference(sheet, "101-2025-ITSMS-0008-R0-M|05", "ORG_NAME", "甲八科技有限公司", "=1+1", "changed"),
        Difference(sheet, "101-2025-ITSMS-0009-R0-M|05", "ORG_ZIP", "002300", "", "changed"),
        Difference(sheet, "101-2025-ITSMS-0010-R0-M|05", "ORG_PHONE", MASK, MASK, "changed"),
    ]


def test_records_that_came_and_went_are_there_cell_by_cell(corrected: Path) -> None:
    # A record in front moves all others down a row: that is no difference.
    found = _found(corrected)
    added = {row.field: row for row in found if row.change == "added"}
    removed = {row.field: row for row in found if row.change == "removed"}
    assert {row.key for row in added.values()} == {"A-0|02"}
    assert {row.key for row in removed.values()} == {"101-2025-ITSMS-0012-R0-M|05"}
    assert (added["CERT_NUMBER"].old, added["CERT_NUMBER"].new) == ("", "A-0")
    assert (removed["CERTI_STATUS"].old, removed["CERTI_STATUS"].new) == ("05", "")
    assert added["LEGAL_PEOPLE"].new == MASK
    assert len(found) == len(added) + len(removed) + 3


def test_the_version_holds_the_list_and_its_manifest_proves_it(corrected: Path) -> None:
    entry = json.loads((corrected / "manifest.json").read_text(encoding="utf-8"))["differences"]
    content = (corrected / entry["file"]).read_bytes()
    assert (entry["against"], entry["file"]) == ("v1", "differences.csv")
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    lines = list(csv.DictReader(content.decode("utf-8").splitlines()))
    assert entry["rows"] == len(lines) == len(_found(corrected))
    # Opened in a spreadsheet, a client's name must not be carried out.
    assert [line["new"] for line in lines if line["field"] == "ORG_NAME" and line["change"] == "changed"] == [
        "'=1+1"
    ]
    # Not among the files: they are what can be made again from the batch alone.
    manifest = json.loads((corrected / "manifest.json").read_text(encoding="utf-8"))
    assert "differences.csv" not in {file["name"] for file in manifest["files"]}
    assert not (corrected.parent / "v1" / "differences.csv").exists()


def test_equal_workbooks_differ_in_nothing(corrected: Path) -> None:
    name = "cnca-monthly-B1-2026-09.xlsx"
    assert differences(corrected / name, corrected / name, FORM) == []


def test_a_change_of_form_shows_the_fields_that_came_and_went(small_body: Path, tmp_path: Path) -> None:
    old = prepare("audit_plan", small_body, tmp_path, body_id="B2", profile="cnca-2016").workbook
    new = prepare("audit_plan", small_body, tmp_path, body_id="B2", profile="cnca-2021").workbook
    found = {row.field: (row.old, row.new) for row in differences(old, new, load_form("cnca-2021"))}
    # What the new form does not know might have been personal in the old one.
    assert found == {
        "AUDIT_INSPECTOR": (MASK, MASK), "ORG_COUNTRY": (MASK, ""), "AUDIT_APPLY_NO": (MASK, ""),
        "CERT_NUMBER": (MASK, ""), "RZJG_ID": (MASK, ""), "AUDIT_MODE": ("", "FS01"),
    }  # fmt: skip


def test_more_records_than_anyone_reads_are_a_line_each(
    corrected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A draft of the month's first days against its end: not six million lines.
    monkeypatch.setattr("reports.submissions.records.cell_difference.WHOLE_RECORDS", 1)
    found = _found(corrected)
    assert [(row.key, row.field, row.change) for row in found if row.change != "changed"] == [
        ("101-2025-ITSMS-0012-R0-M|05", "", "removed"),
        ("A-0|02", "", "added"),
    ]
    assert len(found) == 5


def test_no_key_field_is_personal() -> None:
    # Keys are shown in the list as they are.
    for profile in ("cnca-2016", "cnca-2021"):
        for sheet in load_form(profile).sheets.values():
            assert not any(sheet.field(name).is_personal for name in (*sheet.key, sheet.shown_key))


def test_a_row_may_end_anywhere_in_a_chunk(
    corrected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, pieces = tmp_path / "whole", tmp_path / "pieces"
    workbook = corrected / "cnca-monthly-B1-2026-09.xlsx"
    unpack_sheet(workbook, "证书信息表", whole)
    monkeypatch.setattr("reports.submissions.records.sheet_rows._CHUNK", 7)
    unpack_sheet(workbook, "证书信息表", pieces)
    assert whole.read_bytes() == pieces.read_bytes()


def test_a_first_version_from_before_rows_were_kept_is_read_back(corrected: Path, tmp_path: Path) -> None:
    name = "cnca-monthly-B1-2026-09.xlsx"
    shutil.copy(corrected.parent / "v1" / name, tmp_path / name)
    assert differences(tmp_path / name, corrected / name, FORM) == _found(corrected)


def test_the_manifest_proves_the_kept_rows(corrected: Path) -> None:
    manifest = json.loads((corrected / "manifest.json").read_text(encoding="utf-8"))
    listed = {file["name"]: file["sha256"] for file in manifest["files"]}
    for code in ("103010", "103011"):
        path = corrected / f"rows-{code}.parquet"
        assert listed[path.name] == hashlib.sha256(path.read_bytes()).hexdigest()
        rows = {sheet["code"]: sheet["rows"] for sheet in manifest["sheets"]}[code]
        assert duckdb.sql(f"select count(*) from read_parquet('{path}')").fetchone() == (rows,)
