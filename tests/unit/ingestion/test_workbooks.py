"""Workbooks as spreadsheets save them. A failure means that a cell would land as something else than it
shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ingestion.contract import contract
from ingestion.errors import SourceRefused
from ingestion.landing import Batch, land
from tests.support.small_source import fates, headings, landed, losses, small_source, write_source

Cells = list[list[Any]]
OLE_HEADER = bytes.fromhex("D0CF11E0A1B11AE1")


def write_workbook(path: Path, sheets: Mapping[str, Cells], **options: Any) -> Path:
    """Sheets of Python values; dates get a Chinese date format, as spreadsheets show them."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy年m月d日", **options}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if value is not None:
                        sheet.write(row, column, value)
    return path


def all_sheets() -> dict[str, Cells]:
    return {
        table: [headings(table), *([row.get(name) for name in headings(table)] for row in rows)]
        for table, rows in small_source().items()
    }


def land_site(tmp_path: Path, rows: Cells, **options: Any) -> Batch:
    """Lands the small source with a workbook as its audit sites."""
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    write_workbook(folder / "audit_site.xlsx", {"Sheet1": rows}, **options)
    return land(str(folder), tmp_path / "home")


SITE = ["审核编号", "场所编号", "场所类型", "是否审核", "场所人数", "现场人日", "场所地址"]


def test_one_workbook_with_a_sheet_for_each_table(tmp_path: Path) -> None:
    sheets = {contract().tables[table].label_zh: rows for table, rows in all_sheets().items()}
    book = write_workbook(tmp_path / "导出.xlsx", {"说明": [["2026年导出"]], **sheets})
    batch = land(str(book), tmp_path / "home")
    assert losses(batch) == []
    assert {t: c["landed"] for t, c in batch.manifest["tables"].items() if c["landed"]} == {
        t: len(rows) for t, rows in small_source().items()
    }
    assert batch.manifest["unknown_files"] == ["导出.xlsx#说明"]
    assert {file["sheet"] for file in batch.manifest["files"]} == set(sheets)


def test_a_folder_may_hold_files_of_every_kind(tmp_path: Path) -> None:
    batch = land_site(tmp_path, [SITE, ["A1", "S1", "总部", True, 80, 1.5, "杭州"]])
    (site,) = landed(batch, "audit_site")
    assert (site["site_kind"], site["audited"], site["headcount"]) == ("headquarters", True, 80)
    assert site["_source_row"] == 2


def test_numbers_come_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    rows = [
        ["A1", f"S{at}", "总部", "是", 80.0, days, None]
        for at, days in enumerate([0.1 + 0.2, 1, 5e-05, 1234567.25])
    ]
    batch = land_site(tmp_path, [SITE, *rows])
    expected = [Decimal(text) for text in ("0.3", "1", "0.00005", "1234567.25")]
    assert [row["onsite_days"] for row in landed(batch, "audit_site")] == expected


def test_blank_rows_above_between_and_below_are_no_rows(tmp_path: Path) -> None:
    rows: Cells = [
        [],
        [],
        [None, *SITE],
        [],
        [None, "A1", "S1", "总部", "是"],
        [None, " ", "　"],
        [None, "A1", "S2", "临时场所", "否"],
        [],
    ]
    batch = land_site(tmp_path, rows)
    assert [(row["_source_row"], row["site_id"]) for row in landed(batch, "audit_site")] == [
        (5, "S1"),
        (7, "S2"),
    ]


@pytest.mark.parametrize("counts_from_1904", [False, True])
def test_dates_come_as_dates_and_as_serial_numbers(tmp_path: Path, counts_from_1904: bool) -> None:
    day = dt.date(2026, 3, 5)
    zero = dt.date(1904, 1, 1) if counts_from_1904 else dt.date(1899, 12, 30)
    head = ["internal_audit_id", "body_id", "held_on"]
    values = [day, dt.datetime(2026, 3, 5), (day - zero).days, "2026/3/5", dt.datetime(2026, 3, 5, 13, 30)]
    rows = [[f"I{at}", "B1", value] for at, value in enumerate(values)]
    folder = write_source(tmp_path / "s")
    (folder / "internal_audit.csv").unlink()
    write_workbook(folder / "内部审核.xlsx", {"a": [head, *rows]}, date_1904=counts_from_1904)
    batch = land(str(folder), tmp_path / "home")
    assert [row["held_on"] for row in landed(batch, "internal_audit")] == [day] * 5
    assert losses(batch) == []
    assert {row["source_file"] for row in fates(batch, "repaired")} == {"内部审核.xlsx#a"}


def test_a_cell_that_shows_an_error_is_not_empty(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    with xlsxwriter.Workbook(str(folder / "audit_site.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 1, SITE)
        sheet.write_row(2, 1, ["A1", "S1", "总部", "是"])
        sheet.write_formula(2, 5, "=VLOOKUP(1,A:B,2)", value="#N/A")
        sheet.write_row(3, 1, ["A1", "S2", "总部", "是", 8])
    batch = land(str(folder), tmp_path / "home")
    found = [(row["source_row"], row["column_name"], row["raw_value"]) for row in losses(batch)]
    assert found == [(3, "headcount", "#N/A")]
    assert [row["unreadable_columns"] for row in landed(batch, "audit_site")] == [["headcount"], []]


def refused(folder: Path, home: Path) -> str:
    with pytest.raises(SourceRefused) as error:
        land(str(folder), home)
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 cut off", "not a readable workbook"),
        (OLE_HEADER + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500, "encrypted"),
        (OLE_HEADER + b"\x00" * 1000, "not a readable workbook"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_by_name(tmp_path: Path, content: bytes, told: str) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    (folder / "audit_site.xlsx").write_bytes(content)
    message = refused(folder, tmp_path / "home")
    assert "audit_site.xlsx" in message
    assert told in message


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "all.xlsx", {**all_sheets(), "complaint": []})
    assert "all.xlsx, sheet complaint: the sheet is empty" in refused(book, tmp_path / "home")


def test_sheets_of_one_table_are_read_with_their_origin(tmp_path: Path) -> None:
    """A sheet for each month, in a file named after the table."""
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    sheets = {
        "1月": [SITE, ["A1", "S1", "总部", "是"]],
        "2月": [["审核场所"], SITE, ["A1", "S2", "临时场所", "否"], [None, "S3", "临时场所", "否"]],
        "说明": [["按月填写"]],
    }
    write_workbook(folder / "audit_site.xlsx", sheets)
    batch = land(str(folder), tmp_path / "home")
    assert [(row["_source_row"], row["site_id"]) for row in landed(batch, "audit_site")] == [
        (2, "S1"),
        (5, "S2"),
    ]
    files = [file for file in batch.manifest["files"] if file["table"] == "audit_site"]
    assert [(file["sheet"], file["rows"], file.get("after", 0)) for file in files] == [
        ("1月", 1, 0),
        ("2月", 2, 2),
    ]
    (gone,) = losses(batch)
    assert (gone["source_file"], gone["source_row"]) == ("audit_site.xlsx#2月", 4)
    assert "audit_site.xlsx#说明" in batch.manifest["unknown_files"]
