"""Word documents: native, Chinese, the same bytes for the same content, and honest about what is missing."""

from __future__ import annotations

import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from reports.documents import Column, DocumentBuilder, Table
from reports.documents.builder import shown

TABLE = Table(
    "证书",
    (Column("体系", 4, "left"), Column("本年")),
    [["ITSMS", 3], ["=1+1 <b>&\x00\x0b\ud800", None], ["合计", Decimal("3.50")]],
    note="注：含子证书。",
    bold_rows=(-1,),
)


def _document(path: Path) -> DocumentBuilder:
    builder = DocumentBuilder(title="年度报告", author="甲认证有限公司", day=date(2026, 10, 5), header="页眉")
    builder.cover("年度报告", ["机构：甲", "【请填写：日期】"])
    builder.heading("一、概况")
    builder.paragraph("本年度新发证书3张，【请填写：原因】，其余见表。")
    builder.placeholder("工作计划")
    builder.bullets(["一", "二"])
    builder.table(TABLE)
    builder.table(TABLE)
    builder.save(path)
    return builder


@pytest.fixture
def document(tmp_path: Path) -> Path:
    _document(tmp_path / "a.docx")
    return tmp_path / "a.docx"


def test_equal_content_is_equal_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _document(tmp_path / "a.docx")
    later = time.localtime(time.time() + 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    _document(tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_nothing_of_the_template_or_the_machine_is_left(document: Path) -> None:
    properties = docx.Document(str(document)).core_properties
    assert (properties.author, properties.title, properties.comments) == ("甲认证有限公司", "年度报告", "")
    assert properties.created and properties.created.date() == date(2026, 10, 5)
    with zipfile.ZipFile(document) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]
        assert {entry.date_time[:3] for entry in package.infolist()} == {(2000, 1, 1)}


def test_what_is_to_be_written_is_marked_and_listed(tmp_path: Path) -> None:
    builder = _document(tmp_path / "a.docx")
    assert builder.placeholders == ["日期", "原因", "工作计划"]
    runs = [run for p in docx.Document(str(tmp_path / "a.docx")).paragraphs for run in p.runs]
    marked = [run.text for run in runs if run.font.highlight_color]
    assert marked == ["【请填写：日期】", "【请填写：原因】", "【请填写：工作计划】"]


def test_tables_are_native_and_text_stays_text(document: Path) -> None:
    first, second = docx.Document(str(document)).tables
    assert [[cell.text for cell in row.cells] for row in first.rows] == [
        ["体系", "本年"], ["ITSMS", "3"], ["=1+1 <b>& ", "—"], ["合计", "3.5"],
    ]  # fmt: skip
    assert first.rows[0]._tr.trPr is not None and first.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(run.bold for cell in first.rows[3].cells for run in cell.paragraphs[0].runs)
    captions = [p for p in docx.Document(str(document)).paragraphs if p.style and p.style.name == "Caption"]
    shown_texts = ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in captions]
    assert shown_texts == ["表 1　证书", "表 2　证书"]
    assert second.rows[0].cells[0].text == "体系"


def test_chinese_text_has_a_chinese_font(document: Path) -> None:
    styles = docx.Document(str(document)).styles
    for name, font in {"Normal": "宋体", "Body Text": "宋体", "Heading 1": "黑体", "Title": "黑体"}.items():
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None, "a theme font would win"


def test_pages_are_numbered(document: Path) -> None:
    section = docx.Document(str(document)).sections[0]
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == "页眉"


def test_how_values_are_shown() -> None:
    assert [shown(value) for value in (None, 0, Decimal("12.50"), Decimal("100"), "甲")] == [
        "—", "0", "12.5", "100", "甲",
    ]  # fmt: skip
