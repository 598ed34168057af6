"""Building a Chinese Word document block by block: headings, prose, placeholders, tables, pictures.

What the records cannot say stands as a marked placeholder 【请填写：…】 for a person to replace; the builder
remembers them, so that who files can be told what is still to be written.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import docx
import docx.table
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from reports.documents import markup
from reports.documents.package import save

Value = str | int | Decimal | None

LATIN, BODY, HEADING = "Times New Roman", "宋体", "黑体"
_SIZES = {"Title": 22, "Heading 1": 16, "Heading 2": 14, "Heading 3": 12, "Caption": 10.5}
_PLACEHOLDER = "Placeholder"
_HEADER_FILL = "E7EBF0"
_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, width in cm (None = shared equally), alignment of its values."""

    label: str
    width_cm: float | None = None
    align: Literal["left", "center", "right"] = "right"


@dataclass(frozen=True)
class Table:
    """A table with its caption; bold_rows (from 0, negative from the end) are totals. None is shown as —."""

    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    note: str = ""
    bold_rows: tuple[int, ...] = ()


class DocumentBuilder:
    """An A4 document. `header` stands on top of each page, the page number below."""

    def __init__(self, *, title: str, author: str, day: date, header: str = "") -> None:
        self._title, self._author, self._day = title, author, day
        self._document = docx.Document()
        self._counts = {"表": 0, "图": 0}
        self.placeholders: list[str] = []
        self._set_styles()
        self._set_page(header or title)

    def cover(self, title: str, lines: Sequence[str]) -> None:
        """A title page: the title, then centred lines (who, which period, when)."""
        for _ in range(6):
            self._document.add_paragraph()
        self._document.add_paragraph(markup.clean(title), style="Title")
        for _ in range(6):
            self._document.add_paragraph()
        for line in lines:
            paragraph = self._document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.first_line_indent = Pt(0)
            self._add_text(paragraph, line)
        self.page_break()

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_heading(markup.clean(text), level)

    def paragraph(self, text: str) -> None:
        """Prose; parts written 【请填写：…】 are marked."""
        self._add_text(self._document.add_paragraph(style="Body Text"), text)

    def placeholder(self, what: str) -> None:
        """A paragraph that a person is to write: 【请填写：what】."""
        self.paragraph(f"【请填写：{what}】")

    def bullets(self, items: Sequence[str]) -> None:
        for item in items:
            self._add_text(self._document.add_paragraph(style="List Bullet"), item)

    def table(self, table: Table) -> None:
        """A native table under its numbered caption; its heading row repeats on every page."""
        self._caption("表", table.caption, keep_with_next=True)
        grid = self._document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
        grid.alignment = WD_TABLE_ALIGNMENT.CENTER
        grid.autofit = False
        widths = self._widths(table.columns)
        for grid_column, width in zip(grid.columns, widths, strict=True):
            grid_column.width = width
        for column, cell, width in zip(table.columns, grid.rows[0].cells, widths, strict=True):
            cell.width = width
            self._fill(cell, column.label, "center", bold=True)
            markup.shade(cell, _HEADER_FILL)
        markup.repeat_as_header(grid.rows[0])
        markup.keep_whole(grid.rows[0])
        bold = {place % len(table.rows) for place in table.bold_rows} if table.rows else set()
        for place, values in enumerate(table.rows):
            row = grid.add_row()
            markup.keep_whole(row)
            for column, value, cell, width in zip(table.columns, values, row.cells, widths, strict=True):
                cell.width = width
                self._fill(cell, shown(value), column.align, bold=place in bold)
        note = self._document.add_paragraph(style="Note")
        self._add_text(note, table.note)

    def picture(self, png: bytes, caption: str, width_cm: float = 15.5) -> None:
        """A picture above its numbered caption, which is also its alternative text."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(width_cm))
        shape._inline.docPr.set("descr", markup.clean(caption))
        self._caption("图", caption, keep_with_next=False)

    def page_break(self) -> None:
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def lines(self) -> list[str]:
        """What the document says, top down."""
        return lines_of(self._document)

    def save(self, path: Path) -> None:
        """Write the document; the same blocks give the same bytes."""
        save(self._document, path, title=self._title, author=self._author, day=self._day)

    def _caption(self, kind: str, text: str, *, keep_with_next: bool) -> None:
        self._counts[kind] += 1
        paragraph = self._document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keep_with_next
        paragraph.add_run(f"{kind} ")
        markup.add_field(paragraph, f"SEQ {kind} \\* ARABIC", str(self._counts[kind]))
        self._add_text(paragraph, f"　{text}")

    def _add_text(self, paragraph: Paragraph, text: str) -> None:
        for place, part in enumerate(_parts(markup.clean(text))):
            if place % 2:
                self.placeholders.append(part[5:-1])
                # Marked on the run: programs ignore a highlight that only the style has.
                paragraph.add_run(part, style=_PLACEHOLDER).font.highlight_color = WD_COLOR_INDEX.YELLOW
            elif part:
                paragraph.add_run(part)

    def _fill(self, cell: _Cell, text: str, align: str, *, bold: bool) -> None:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        # By its id: looking the name up in the styles costs more than all the rest of a cell.
        paragraph._p.style = self._cell_style
        paragraph.alignment = _ALIGNMENTS[align]
        self._add_text(paragraph, text)
        for run in paragraph.runs:
            run.bold = bold or None

    def _widths(self, columns: tuple[Column, ...]) -> list[Cm]:
        section = self._document.sections[0]
        assert section.page_width and section.left_margin and section.right_margin
        room = (section.page_width - section.left_margin - section.right_margin) / Cm(1)
        free = [column for column in columns if column.width_cm is None]
        share = (room - sum(column.width_cm or 0 for column in columns)) / max(len(free), 1)
        return [Cm(column.width_cm or max(share, 1.2)) for column in columns]

    def _set_page(self, header: str) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.6)
        section.top_margin = section.bottom_margin = Cm(2.5)
        top, bottom = section.header.paragraphs[0], section.footer.paragraphs[0]
        top.alignment = bottom.alignment = WD_ALIGN_PARAGRAPH.CENTER
        top.add_run(markup.clean(header)).font.size = Pt(9)
        bottom.add_run("第 ")
        markup.add_field(bottom, "PAGE", "1")
        bottom.add_run(" 页，共 ")
        markup.add_field(bottom, "NUMPAGES", "1")
        bottom.add_run(" 页")

    def _set_styles(self) -> None:
        styles = self._document.styles
        for name in ("Normal", "Body Text", "List Bullet", "Header", "Footer"):
            markup.set_fonts(styles[name], LATIN, BODY)
        self._paragraph_style("Normal").font.size = Pt(12)
        body = self._paragraph_style("Body Text").paragraph_format
        body.first_line_indent, body.line_spacing, body.space_after = Pt(24), 1.5, Pt(0)
        for name, size in _SIZES.items():
            style = self._paragraph_style(name)
            markup.set_fonts(style, LATIN, HEADING)
            style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
            style.font.bold = name != "Caption"
        for name in ("Title", "Caption"):
            self._paragraph_style(name).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _without_border(self._paragraph_style("Title"))
        self._paragraph_style("Caption").paragraph_format.space_before = Pt(10)
        for name, size in (("Table Text", 10.5), ("Note", 9)):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            style.font.size = Pt(size)
            style.paragraph_format.space_after = Pt(0 if name == "Table Text" else 6)
        self._cell_style = self._paragraph_style("Table Text").style_id
        styles.add_style(_PLACEHOLDER, WD_STYLE_TYPE.CHARACTER)

    def _paragraph_style(self, name: str) -> ParagraphStyle:
        style = self._document.styles[name]
        assert isinstance(style, ParagraphStyle)
        return style


def lines_of(document: Document) -> list[str]:
    """Paragraphs and table rows of a document, top down; what is empty is left out."""
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        elif block.text.strip():
            lines.append(block.text)
    return lines


def shown(value: Value) -> str:
    """A value as people read it: — for nothing, no trailing zeros."""
    if value is None:
        return "—"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _parts(text: str) -> list[str]:
    """Prose and placeholders in turn, beginning with prose."""
    parts = [""]
    rest = text
    while "【请填写：" in rest:
        before, _, after = rest.partition("【请填写：")
        what, closed, rest = after.partition("】")
        parts[-1] += before
        parts += [f"【请填写：{what}】", ""]
        if not closed:
            return parts
    parts[-1] += rest
    return parts


def _without_border(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(markup.qn("w:pBdr")):
        properties.remove(border)
