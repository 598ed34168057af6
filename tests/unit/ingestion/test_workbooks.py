"""Workbooks as spreadsheets save them. A failure means that a cell would land as something else than it
shows."""

from __future__ import annotations

import datetime as dt
import zipfile
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
from tests.support.xlsb import BinarySheet, Day, Error, Formula, write_xlsb

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


FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "workbooks"


@pytest.mark.parametrize("name", ["audit_site.xls", "audit_site.ods"])
def test_old_and_open_workbooks_are_read_as_people_see_them(tmp_path: Path, name: str) -> None:
    """Title, merged key, error cell, code 007, total; a hidden sheet with a day and a bare serial number."""
    folder = write_source(tmp_path / "s")
    for table in ("audit_site", "internal_audit"):
        (folder / f"{table}.csv").unlink()
    (folder / name).write_bytes((FIXTURES / name).read_bytes())
    batch = land(str(folder), tmp_path / "home")
    sites = [
        (row["audit_id"], row["site_id"], row["headcount"], row["address"])
        for row in landed(batch, "audit_site")
    ]
    assert sites == [("A1", "S1", 80, "杭州市一路1号"), ("A2", "S2", 12, None), ("A2", "S3", None, "007")]
    assert [(row["reason"], row["raw_value"]) for row in losses(batch)] == [("error_value", "#N/A")]
    assert batch.manifest["tables"]["audit_site"]["repairs"]["merged_cell"] == 1
    assert [row["held_on"] for row in landed(batch, "internal_audit")] == [dt.date(2026, 3, 5)] * 2
    reasons = {
        fate.get("sheet"): fate.get("reason")
        for fate in batch.manifest["fates"]
        if fate["subject"] == "sheet"
    }
    assert reasons == {"audit_site": None, "internal_audit": "hidden_sheet"}


def test_an_old_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "internal_audit.csv").unlink()
    (folder / "audit_site.csv").unlink()
    (folder / "a.xls").write_bytes((FIXTURES / "from_1904.xls").read_bytes())
    batch = land(str(folder), tmp_path / "home")
    assert [row["held_on"] for row in landed(batch, "internal_audit")] == [dt.date(2026, 3, 5)] * 2


def test_formulas_without_a_value_are_unreadable_and_formats_are_seen(tmp_path: Path) -> None:
    """A program that writes formulas leaves nothing, or a zero that nobody calculated."""
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    with xlsxwriter.Workbook(str(folder / "audit_site.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, SITE)
        sheet.write_row(1, 0, ["A1", "S1", "总部", "是"])
        sheet.write_formula(1, 4, "=1+1")
        sheet.write_formula(1, 5, "=A9", value="")
        sheet.write(1, 6, 42, book.add_format({"num_format": '"N-"0000'}))
    batch = land(str(folder), tmp_path / "home")
    (site,) = landed(batch, "audit_site")
    assert (site["headcount"], site["onsite_days"], site["address"]) == (None, None, "N-0042")
    assert [(row["column_name"], row["reason"]) for row in losses(batch)][:1] == [
        ("headcount", "formula_without_value")
    ]


def bomb(valid: Path, target: Path, member: str, content: bytes) -> None:
    """The workbook with other content in one of its parts."""
    with zipfile.ZipFile(valid) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))


SHEET = "xl/worksheets/sheet1.xml"
ROW = b'<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("member", "content", "told"),
    [
        (SHEET, b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>" * 4_000_000, "unpacks to"),
        ("xl/sharedStrings.xml", b"<sst><si><t>" + b"A" * 100_000_000, "unpacks to"),
        (SHEET, b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>", "document type"),
        (SHEET, b"<worksheet>" + b"<a>" * 10_000, "too deep"),
        (SHEET, b"<worksheet><sheetData>" + ROW * 2, "do not stand in order"),
        (SHEET, b"<worksheet><sheetData>" + ROW, "damaged or cut off"),
        ("xl/workbook.xml", b"", "damaged or cut off"),
    ],
    ids=["cells", "text", "entities", "depth", "order", "cut", "empty"],
)
def test_hostile_and_broken_workbooks_are_refused_by_name(
    tmp_path: Path, member: str, content: bytes, told: str
) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    write_workbook(tmp_path / "valid.xlsx", {"audit_site": [SITE, ["A1", "S1", "总部", "是"]]})
    bomb(tmp_path / "valid.xlsx", folder / "audit_site.xlsx", member, content)
    message = refused(folder, tmp_path / "home")
    assert "audit_site.xlsx" in message
    assert told in message
    assert "save it again as .xlsx" in message


def test_a_stray_cell_in_the_last_corner_costs_nothing_and_is_listed(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    with xlsxwriter.Workbook(str(folder / "audit_site.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, SITE)
        sheet.write_row(1, 0, ["A1", "S1", "总部", "是"])
        sheet.write(1_048_575, 16_383, "x")
    batch = land(str(folder), tmp_path / "home")
    assert batch.manifest["tables"]["audit_site"]["rows_in"] == 1
    (stray,) = [fate for fate in batch.manifest["fates"] if fate["subject"] == "cell"]
    assert (stray["line"], stray["name"]) == (1_048_576, "XFD")


def test_a_text_cell_of_megabytes_costs_the_cell(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    write_workbook(tmp_path / "valid.xlsx", {"audit_site": [SITE, ["A1", "S1", "总部", "是"]]})
    content = zipfile.ZipFile(tmp_path / "valid.xlsx").read(SHEET)
    long = b'<c r="G2" t="inlineStr"><is><t>' + b"y" * 10_000_000 + b"</t></is></c></row></sheetData>"
    bomb(
        tmp_path / "valid.xlsx",
        folder / "audit_site.xlsx",
        SHEET,
        content.replace(b"</row></sheetData>", long),
    )
    batch = land(str(folder), tmp_path / "home")
    assert [(row["site_id"], row["address"]) for row in landed(batch, "audit_site")] == [("S1", None)]
    assert [(row["column_name"], row["reason"]) for row in losses(batch)] == [("address", "too_long")]


HEAD = [
    "certificate_id",
    "certificate_no",
    "body_id",
    "org_id",
    "system",
    "issued_on",
    "expires_on",
    "cycle_no",
]


def certificate(key: str) -> list[Any]:
    return [key, f"N{key}", "B1", "O1", "ITSMS", "2026-06-08", "2029-06-07", 0]


def land_certificates(tmp_path: Path, rows: Cells) -> Batch:
    folder = write_source(tmp_path / "s")
    (folder / "certificate.csv").unlink()
    write_workbook(folder / "certificate.xlsx", {"certificate": [HEAD, *rows]})
    return land(str(folder), tmp_path / "home")


def test_totals_in_any_words_and_names_of_sections_are_no_certificates(tmp_path: Path) -> None:
    rows = [
        certificate("C1"),
        *(
            [word, None, None, None, None, None, None, 1]
            for word in ("平均", "最大值", "计", "12家", "Grand Total:")
        ),
        ["以下为已撤销证书"],
        certificate("C2"),
    ]
    batch = land_certificates(tmp_path, rows)
    assert [row["certificate_id"] for row in landed(batch, "certificate")] == ["C1", "C2"]
    assert batch.manifest["tables"]["certificate"]["rows_in"] == 2
    left = [fate for fate in batch.manifest["fates"] if fate["subject"] == "row"]
    assert sorted(fate["line"] for fate in left) == [3, 4, 5, 6, 7, 8]
    assert [(fate["reason"], fate["name"]) for fate in left if fate.get("warns")] == [
        ("section_matters", "以下为已撤销证书")
    ]


def test_a_list_of_other_columns_under_the_records_makes_no_records(tmp_path: Path) -> None:
    rows = [
        certificate("C1"),
        certificate("C2"),
        [],
        ["证书", "撤销日期", "撤销原因"],
        ["NC1", "2026-10-01", "客户申请"],
    ]
    batch = land_certificates(tmp_path, rows)
    assert [row["certificate_id"] for row in landed(batch, "certificate")] == ["C1", "C2"]
    assert not any(row["is_stub"] for row in landed(batch, "certification_body"))
    warned = [(fate["line"], fate["reason"]) for fate in batch.manifest["fates"] if fate.get("warns")]
    assert warned == [(5, "second_table"), (6, "second_table")]


def test_a_cell_merged_with_its_neighbour_says_nothing_of_the_other_column(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "certificate.csv").unlink()
    with xlsxwriter.Workbook(str(folder / "certificate.xlsx")) as book:
        sheet = book.add_worksheet("certificate")
        first = [value if at not in (5, 6) else None for at, value in enumerate(certificate("C1"))]
        for at, row in enumerate([HEAD, first, certificate("C2")]):
            sheet.write_row(at, 0, row)
        sheet.merge_range(1, 5, 1, 6, "2026-06-08")
        sheet.merge_range(1, 2, 2, 2, "B1")
    batch = land(str(folder), tmp_path / "home")
    rows = [(row["body_id"], row["issued_on"], row["expires_on"]) for row in landed(batch, "certificate")]
    assert rows == [("B1", dt.date(2026, 6, 8), None), ("B1", dt.date(2026, 6, 8), dt.date(2029, 6, 7))]
    assert [(row["source_row"], row["column_name"], row["reason"]) for row in losses(batch)] == [
        (2, "expires_on", "merged_across")
    ]


def test_every_cell_of_a_formula_over_several_that_nobody_calculated_is_unreadable(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    with xlsxwriter.Workbook(str(folder / "audit_site.xlsx")) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([SITE, ["A1", "S1", "总部", "是"], ["A1", "S2", "总部", "是"]]):
            sheet.write_row(at, 0, row)
        sheet.write_array_formula("E2:E3", "{=A2:A3}")
    batch = land(str(folder), tmp_path / "home")
    assert [row["unreadable_columns"] for row in landed(batch, "audit_site")] == [["headcount"]] * 2


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_binary_workbook_is_read_as_people_see_it(tmp_path: Path, from_1904: bool) -> None:
    """Merged, error and uncalculated cells, days, a hidden sheet, a title, a total."""
    folder = write_source(tmp_path / "s")
    for table in ("audit_site", "internal_audit"):
        (folder / f"{table}.csv").unlink()
    zero = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30)
    serial = float((dt.date(2026, 3, 5) - zero).days)
    sites = BinarySheet(
        [
            ["审核场所台账"],
            list(SITE),
            ["A1", "S1", "总部", True, 80.0, 1.5, "杭州市一路1号"],
            ["A2", "S2", "总部", "是", Error("#N/A"), 0.25, Formula()],
            [None, "S3", "临时场所", False, 12.0, Error("#REF!"), Formula("007")],
            ["合计", None, None, None, 92.0],
        ],
        merged=[(3, 4, 0, 0)],
    )
    audits = BinarySheet(
        [["内审编号", "机构编号", "内审日期"], ["I1", "B1", Day(serial)], ["I2", "B1", serial]], state=2
    )
    write_xlsb(
        folder / "台账.xlsb",
        {"audit_site": sites, "internal_audit": audits},
        from_1904=from_1904,
        calculated=False,
    )
    batch = land(str(folder), tmp_path / "home")
    rows = [
        (
            row["audit_id"],
            row["site_id"],
            row["audited"],
            row["headcount"],
            row["onsite_days"],
            row["address"],
        )
        for row in landed(batch, "audit_site")
    ]
    assert rows == [
        ("A1", "S1", True, 80, Decimal("1.5"), "杭州市一路1号"),
        ("A2", "S2", True, None, Decimal("0.25"), None),
        ("A2", "S3", False, 12, None, "007"),
    ]
    assert sorted((row["source_row"], row["column_name"], row["reason"]) for row in losses(batch)) == [
        (4, "address", "formula_without_value"), (4, "headcount", "error_value"), (5, "onsite_days", "error_value"),
    ]  # fmt: skip
    assert [row["held_on"] for row in landed(batch, "internal_audit")] == [dt.date(2026, 3, 5)] * 2
    hidden = [fate["sheet"] for fate in batch.manifest["fates"] if fate.get("reason") == "hidden_sheet"]
    assert hidden == ["internal_audit"]
