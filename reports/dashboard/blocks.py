"""The parts a page is put together from: sections of blocks, where a block is a table or a figure.

A block names its query and its words; it holds no data. New pages are new lists of sections.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from reports.columns import Column
from reports.figures.drawing import Drawing


@dataclass(frozen=True)
class Table:
    """Records as a table with search, filters, sort and CSV.

    query   ends sorted: the first `limit` rows are embedded, the page says so when there are more
    sort    column the page sorts by at first, '-' in front for descending; empty keeps the query's order
    A column `body_id` makes the table follow the page's choice of body.
    """

    name: str
    title: str
    source: str
    query: str
    columns: tuple[Column, ...]
    note: str = ""
    sort: str = ""
    limit: int = 50_000
    empty: str = "没有记录。"


@dataclass(frozen=True)
class Figure:
    """A figure with its table alternative; its query gives `body_id`: drawn for all bodies and for each."""

    name: str
    title: str
    source: str
    unit: str
    query: str
    drawing: Drawing


@dataclass(frozen=True)
class Section:
    """A part of a page with its own heading and place in the navigation."""

    slug: str
    title: str
    intro: str
    blocks: tuple[Table | Figure, ...]


@dataclass(frozen=True)
class Indicator:
    """A number at the head of the page. `query` gives (body_id, value); body_id NULL: not a body's number.

    tone   breach / warning when any is bad news, plain otherwise
    goes   the records behind the number: a fragment without '#'
    """

    name: str
    label: str
    unit: str
    tone: str
    goes: str
    query: str
    note: str = ""

    @property
    def target(self) -> str:
        """The block that `goes` leads to."""
        return dict(parse_qsl(self.goes))["go"]


@dataclass(frozen=True)
class Page:
    """One HTML file: <slug>.html."""

    slug: str
    title: str
    indicators: tuple[Indicator, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def anchors(self) -> tuple[str, ...]:
        """What a link can lead to on this page: its sections and blocks."""
        blocks = (block.name for section in self.sections for block in section.blocks)
        return (*(section.slug for section in self.sections), *blocks)

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(
            block for section in self.sections for block in section.blocks if isinstance(block, Table)
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(
            block for section in self.sections for block in section.blocks if isinstance(block, Figure)
        )
