"""What clients typed arrives in a spreadsheet program as they typed it, and is never carried out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from reports.submissions.records.sheet_workbook import write_form
from reports.submissions.records.streamed_rows import CELL_CHARACTERS, StreamedRows, fill
from tests.unit.submissions.filled_form import CERTIFICATE, FORM, SHEETS, checked

HOSTILE = [
    "=1+1", "+86 10", "-5", "@SUM(1)", "=HYPERLINK(\"http://example.invalid\",\"x\")", "http://example.invalid",
    "007", "123456789012345678", "1E5", "TRUE", "2026-03-05", "<b>&amp;\"'</b>", "_x0041_", "a  b", "😀𠮷",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One certificate per hostile name, written as a form."""
    path = tmp_path_factory.mktemp("hostile") / "form.xlsx"
    records = [
        {**CERTIFICATE, "certificate_no": f"C{place}", "org_name": name} for place, name in enumerate(HOSTILE)
    ]
    connection = checked({"103010": records})
    write_form(connection, FORM, {"103010": len(records), "103011": 0}, path)
    return path


def test_every_value_is_read_back_as_typed(hostile_workbook: Path) -> None:
    rows = CalamineWorkbook.from_path(str(hostile_workbook)).get_sheet_by_name("证书信息表").to_python()
    assert [row[4] for row in rows[7:]] == HOSTILE
    assert {row[12] for row in rows[7:]} == {"002300"}


def test_no_cell_is_a_formula_a_link_or_a_number(hostile_workbook: Path) -> None:
    workbook = openpyxl.load_workbook(hostile_workbook)
    for name in ("证书信息表", "审核结果信息表"):
        for row in workbook[name].iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "inlineStr", "n"), cell.coordinate
                assert cell.value is None or isinstance(cell.value, str), cell.coordinate
                assert cell.hyperlink is None
    data = workbook["证书信息表"]["E8"]
    # The format text: what a clerk types over it stays text too.
    assert data.number_format == "@"
    assert workbook["证书信息表"].column_dimensions["E"].width > 10


def test_the_form_stands_where_the_regulator_wants_it(hostile_workbook: Path) -> None:
    workbook = openpyxl.load_workbook(hostile_workbook)
    assert workbook.sheetnames == ["证书信息表", "审核结果信息表"]
    for code, name in zip(SHEETS, workbook.sheetnames, strict=True):
        sheet = workbook[name]
        marks = {1: code, 2: "管理体系及服务认证信息上报数据模版", 5: name, 8: "从C8元格开始填写上报信息"}
        assert {row: sheet[f"A{row}"].value for row in range(1, 9) if sheet[f"A{row}"].value} == marks
        assert [sheet[f"B{row}"].value for row in range(1, 8)] == list(FORM.row_names)
        for offset, field in enumerate(FORM.sheets[code].fields):
            column = [sheet.cell(row, 3 + offset).value or "" for row in range(1, 8)]
            assert column == list(field.printed)
        assert sheet.freeze_panes == "C8"
    assert workbook["审核结果信息表"].max_row == 8


def test_nothing_of_this_moment_is_in_the_file(hostile_workbook: Path) -> None:
    # Two runs of the same month must be the same bytes.
    with zipfile.ZipFile(hostile_workbook) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_control_characters_cannot_break_the_file(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    # \x0b and line ends come out of real systems; XML forbids the first.
    record = {
        **CERTIFICATE,
        "certificate_no": "C",
        "org_name": "甲\x0b一\r\n公司　",
        "scope_text": "文" * 40_000,
    }
    write_form(checked({"103010": [record]}), FORM, {"103010": 1, "103011": 0}, path)
    row = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("证书信息表").to_python()[7]
    assert row[4] == "甲 一 公司"
    assert len(str(row[28])) == CELL_CHARACTERS


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    # Cut off in silence, a body would file an incomplete month.
    connection = checked({})
    template = tmp_path / "template.xlsx"
    write_form(connection, FORM, {"103010": 0, "103011": 0}, template)
    rows = StreamedRows(1, 8, 2, "sheet_103010", ("'x'",), 1_048_570)
    with pytest.raises(ValueError, match="1048576"):
        fill(connection, template, tmp_path / "too-long.xlsx", [rows])


def test_missing_rows_are_noticed(tmp_path: Path) -> None:
    connection = checked({})
    template = tmp_path / "template.xlsx"
    write_form(connection, FORM, {"103010": 0, "103011": 0}, template)
    rows = StreamedRows(1, 8, 2, "sheet_103010", ("'x'",), 3)
    with pytest.raises(ValueError, match="rows 1 to 3: 0 found"):
        fill(connection, template, tmp_path / "short.xlsx", [rows])
