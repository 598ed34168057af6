"""The report as one HTML file: pictures inside, no script, nothing loaded; paper in mind."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files

from markupsafe import Markup

from reports.annual_report.model import Block, Figure, Paragraph, Report, Table, shown, signed
from reports.annual_report.svg import draw
from reports.dashboard.rendering import rendered

TONES = {"breach": "【必须】", "warning": "【注意】", "plain": "【知悉】"}


def html_of(report: Report) -> str:
    """The document. The same report gives the same text."""
    style = _style(report)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return rendered(
        "annual_report.html",
        report=report,
        style=Markup(style),  # noqa: S704 - our own style sheet; the body's name in it is escaped for CSS
        style_hash=f"sha256-{digest}",
        pictures=pictures_of(report),
        numbers=numbers_of(report),
        kind=_kind,
        shown=shown,
        signed=signed,
        tones=TONES,
    )


def pictures_of(report: Report) -> dict[str, Markup]:
    """SVG of every figure by name."""
    return {
        block.name: Markup(draw(block.chart, block.name, f"{block.title}。{block.words}"))  # noqa: S704 - escaped where drawn
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


def _css_text(text: str) -> str:
    """Text inside a CSS string: everything that could end it, or the style element, as a code point."""
    return re.sub(r"[\x00-\x1f\x7f\"'\\<>&]", lambda sign: f"\\{ord(sign.group()):06x}", text)
