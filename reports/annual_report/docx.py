"""The report as a Word document for editing: native headings and tables, charts as pictures when there are some."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from reports.annual_report.html import TONES
from reports.annual_report.model import Figure, Paragraph, Report, Table, shown, signed
from reports.documents import Column, DocumentBuilder
from reports.documents import Table as DocumentTable

_ROOM_CM = 15.8
_WIDEST_CM = 5.5
_NARROWEST_CM = 1.1
_MARGINS_CM = 0.45
_EM_CM = 0.37


def write_docx(report: Report, pictures: Mapping[str, bytes], path: Path) -> None:
    """Write the document. `pictures`: PNG by name of the figure; a figure without one is left out."""
    builder = DocumentBuilder(
        title=f"{report.body_name} {report.title}",
        author=report.body_name,
        day=report.as_of,
        header=f"{report.body_name}　{report.title}　截至 {report.as_of}",
    )
    builder.cover(
        report.title, (report.body_name, f"报告期 {report.period_words}", f"数据截至 {report.as_of}")
    )
    _summary(builder, report)
    for number, chapter in enumerate(report.chapters, start=1):
        builder.heading(f"{number}　{chapter.title}")
        for block in chapter.blocks:
            if isinstance(block, Paragraph):
                builder.paragraph(block.text)
            elif isinstance(block, Table):
                _table(builder, block, report)
            elif block.name in pictures:
                builder.picture(pictures[block.name], _caption(block, report))
    builder.paragraph(
        f"数据批次 {report.batch_id}，规则版本 {report.rule_set_version}，启用的规则：{report.profiles}。"
        + ("本份不含个人与客户名称。" if report.is_masked else "")
    )
    builder.save(path)


def _summary(builder: DocumentBuilder, report: Report) -> None:
    builder.heading("摘要")
    for notice in report.notices:
        builder.paragraph(notice)
    builder.table(
        DocumentTable(
            f"主要数字（截至 {report.as_of}）",
            (
                Column("项目", 6.6, "left"),
                Column("单位", 1.8, "left"),
                Column("本期"),
                Column("上年同期"),
                Column("增减"),
            ),
            [
                (figure.label, figure.unit, shown(figure.value), shown(figure.before), signed(figure.change))
                for figure in report.key_figures
            ],
        )
    )
    builder.heading("需要管理层决定的事项", 2)
    if report.decisions:
        builder.table(
            DocumentTable(
                "事项与建议",
                (
                    Column("事项", 6.2, "left"),
                    Column("建议", 5.2, "left"),
                    Column("见章", 1.2),
                    Column("决定", None, "left"),
                ),
                [
                    (f"{TONES[decision.tone]}{decision.matter.text}", decision.proposal, number, "")
                    for number, decision in report.decisions
                ],
            )
        )
    else:
        builder.paragraph("没有。")
    builder.paragraph("编制：　　　　　　审核：　　　　　　批准：　　　　　　日期：　　　　　　")
    builder.page_break()


def _table(builder: DocumentBuilder, table: Table, report: Report) -> None:
    source = f"来源 {table.source}，截至 {report.as_of}。"
    if not table.rows:
        builder.paragraph(f"{table.title}：{table.empty}")
        return
    texts = table.texts()
    widths = _widths(table, texts)
    builder.table(
        DocumentTable(
            table.caption,
            tuple(
                Column(table.heading(column), width, "right" if column.number else "left")
                for column, width in zip(table.columns, widths, strict=True)
            ),
            texts,
            note=f"{table.note}{source}",
            bold_rows=table.totals,
        )
    )


def _widths(table: Table, rows: list[list[str]]) -> list[float]:
    """Widths in cm: numbers get what they need, the words of the other columns share the rest and may break."""
    needed = []
    for place, column in enumerate(table.columns):
        cells = max(_text_width(row[place], _EM_CM) for row in rows)
        heading = _text_width(table.heading(column), _EM_CM)
        least = max(cells, heading / 4) if column.number else min(max(cells, heading / 2), _WIDEST_CM)
        needed.append(max(least, _NARROWEST_CM) + _MARGINS_CM)
    over = sum(needed) - _ROOM_CM
    stretched = [place for place, column in enumerate(table.columns) if over < 0 or not column.number]
    scale = 1 - over / sum(needed[place] for place in stretched)
    return [round(width * (scale if place in stretched else 1), 2) for place, width in enumerate(needed)]


def _text_width(text: str, size: float) -> float:
    """About how wide a text is: Chinese characters are square, others little more than half of that."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.58 for sign in text) * size


def _caption(figure: Figure, report: Report) -> str:
    return f"{figure.title}（{figure.chart.unit}）。来源 {figure.source}，截至 {report.as_of}"
