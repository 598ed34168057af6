"""The document of a form: its headings, prose and tables, with the figures written into the sentences.

In the form's texts `{...}` stands for what is said of the body ({body.name}), for the period ({period},
{as_of}) or for an expression of figures ({certificates.all.issued}, {certificates.all.issued@change}).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.documents import Column, DocumentBuilder, Table
from reports.documents.builder import shown
from reports.submissions.statistics.figure_form import Ask, Bullets, Document, Heading, TableHere, Text
from reports.submissions.statistics.figures import Figures
from reports.submissions.statistics.filling import Filled
from reports.submissions.statistics.line_supplement import DOCUMENT

_SLOT = re.compile(r"\{([^{}]+)\}")
_FIRST_COLUMN_CM = 3.6


@dataclass(frozen=True)
class Words:
    """What stands for the slots that are not figures. said: name -> value, labels: name -> what is missing."""

    said: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class WrittenDocument:
    """lines: what it says, top down; missing: (name, what) of the prose that is still to be written."""

    lines: list[str]
    missing: list[tuple[str, str]]


def write_document(
    document: Document,
    figures: Figures,
    filled: Mapping[str, Filled],
    words: Words,
    prose: Mapping[tuple[str, str], str],
    day: date,
    path: Path,
) -> WrittenDocument:
    """Write it. Raises FormError."""

    def text(template: str) -> str:
        return _SLOT.sub(lambda slot: _filled(slot[1], figures, words), template)

    title = text(document.title)
    builder = DocumentBuilder(
        title=title, author=words.said.get("body.name", ""), day=day, header=text(document.header)
    )
    builder.cover(title, [text(line) for line in document.cover])
    for block in document.blocks:
        match block:
            case Heading():
                builder.heading(text(block.heading), block.level)
            case Text():
                builder.paragraph(text(block.text))
            case Bullets():
                builder.bullets([text(item) for item in block.list])
            case TableHere():
                builder.table(_table(filled[block.table]))
            case Ask():
                _ask(builder, block, prose.get((DOCUMENT, block.ask), ""))
    builder.save(path)
    names = {what: name for name, what in document.asked.items()}
    # A line of the registration sheet that is missing is found there.
    lines = set(words.labels.values())
    missing = [
        (names.get(what, ""), what) for what in dict.fromkeys(builder.placeholders) if what not in lines
    ]
    return WrittenDocument(builder.lines(), missing)


def _ask(builder: DocumentBuilder, block: Ask, prose: str) -> None:
    if not prose:
        builder.placeholder(block.what)
    for paragraph in prose.splitlines():
        if paragraph.strip():
            builder.paragraph(paragraph.strip())


def _table(filled: Filled) -> Table:
    table = filled.table
    units = [Column("单位", 1.4, "center")] * filled.has_units
    rows = [[row.label, *([row.unit] if units else []), *row.values] for row in filled.rows]
    return Table(
        caption=table.title,
        columns=(
            Column(table.first_label, _FIRST_COLUMN_CM, "left"),
            *units,
            *(Column(column.label) for column in table.columns),
        ),
        rows=rows or [["无", *([""] if units else []), *(None for _ in table.columns)]],
        note=table.note,
        bold_rows=tuple(place for place, row in enumerate(filled.rows) if row.is_total),
    )


def _filled(slot: str, figures: Figures, words: Words) -> str:
    name = slot.strip()
    if name in words.said or name.startswith("body."):
        return words.said.get(name) or f"【请填写：{words.labels.get(name, name)}】"
    value = figures.evaluate(name)
    if name.endswith("@change") and value is not None:
        if not value:
            return "持平"
        return f"{'增加' if value > 0 else '减少'}{shown(abs(value))}"
    return shown(value)
