"""The report as HTML for a screen and for paper. Words and tables need nothing; the figures are drawn by plotly.js from
beside it, out of data in the page. Nothing comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reports.annual_report.model import Block, Figure, Paragraph, Report, Table, shown, signed
from reports.annual_report.plot import drawn
from reports.dashboard.embed import script_value
from reports.dashboard.rendering import rendered

TONES = {"breach": "【必须】", "warning": "【注意】", "plain": "【知悉】"}


def html_of(report: Report) -> str:
    """The document. The same report gives the same text."""
    figures = figures_of(report)
    style = _style(report) + _places(figures)
    return rendered(
        "annual_report.html",
        report=report,
        style=Markup(style),  # noqa: S704 - our own style sheet; the body's name in it is escaped for CSS
        figures=Markup(script_value(list(figures.values()))),  # noqa: S704 - JSON that cannot end its element
        numbers=numbers_of(report),
        kind=_kind,
        shown=shown,
        signed=signed,
        tones=TONES,
    )


def write_scripts(folder: Path) -> None:
    """What the page loads: plotly.js as its package has it, and our few lines that have it draw."""
    own = files("reports") / "static" / "annual_report.js"
    library = files("plotly") / "package_data" / "plotly.min.js"
    folder.mkdir()
    for script in (own, library):
        (folder / script.name).write_bytes(script.read_bytes())


def figures_of(report: Report) -> dict[str, dict[str, Any]]:
    """Every figure by name, as plotly.js draws it."""
    return {
        block.name: {"name": block.name, **drawn(block.chart)}
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, Figure)
    }


def numbers_of(report: Report) -> dict[str, int]:
    """Tables and figures are numbered through the document, each kind by itself."""
    blocks = [
        block for chapter in report.chapters for block in chapter.blocks if not isinstance(block, Paragraph)
    ]
    return {
        name: number
        for kind in (Table, Figure)
        for number, name in enumerate((found.name for found in blocks if isinstance(found, kind)), start=1)
    }


def _kind(block: Block) -> str:
    return "paragraph" if isinstance(block, Paragraph) else type(block).__name__.lower()


def _style(report: Report) -> str:
    """The style sheet with what stands in the margins of every page."""
    sheet = (files("reports") / "static" / "annual_report.css").read_text(encoding="utf-8")
    margins = 'font: 8pt "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #56616c;'
    return (
        sheet + "@page {\n"
        f'  @top-left {{ content: "{_css_text(f"{report.body_name}　{report.title}")}"; {margins} }}\n'
        f'  @top-right {{ content: "截至 {report.as_of}"; {margins} }}\n'
        f'  @bottom-center {{ content: "第 " counter(page) " 页，共 " counter(pages) " 页"; {margins} }}\n'
        "}\n@page :first { @top-left { content: none; } @top-right { content: none; } }\n"
    )


def _places(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """The room of every figure before it is drawn, so that nothing moves; none where no script will draw it."""
    rooms = "".join(
        f"#figure-{name} {{ width: {figure['layout']['width']}px; height: {figure['layout']['height']}px; }}\n"
        for name, figure in figures.items()
    )
    return f"@media (scripting) {{\n{rooms}}}\n" if rooms else ""


def _css_text(text: str) -> str:
    """Text inside a CSS string: everything that could end it, or the style element, as a code point."""
    return re.sub(r"[\x00-\x1f\x7f\"'\\<>&]", lambda sign: f"\\{ord(sign.group()):06x}", text)
