"""The parts a page is put together from: sections of blocks, where a block is a table or a figure.

A block names its query and its words; it holds no data. New pages are new lists of sections.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol
from urllib.parse import parse_qsl

import duckdb
import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures.drawing import Drawing
from reports.figures.summary import Words
from reports.rows import Rows

Source = Rows | str
"""Rows of one relation; SQL only for schema `meta`, which is not made by dbt."""


Finish = Callable[[duckdb.DuckDBPyConnection, pd.DataFrame], pd.DataFrame]


class Block(Protocol):
    """What a section is made of. `template` is its HTML, <template>.html; `scripts` are its own, in static."""

    template: ClassVar[str]
    scripts: ClassVar[tuple[str, ...]]

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...


@dataclass(frozen=True)
class Table:
    """Records as a table with search, filters, sort and CSV.

    query   sorted rows: the first `limit` are embedded, the page says so when there are more
    sort    column the page sorts by at first, '-' in front for descending; empty keeps the query's order
    period  the date or month column of the query that the choice of period looks at
    totals  rows with body_id '' speak for all bodies together: shown while no body is chosen, instead of the
            rows of the bodies
    finish  puts in the columns `made` that the warehouse does not have (how far a file has come in the ledger),
            from the columns `reads` and the connection
    A query that gives body_id, region_code, scope_codes or profile makes the table follow that choice; a table
    without the column says so.
    """

    template: ClassVar[str] = "table"
    scripts: ClassVar[tuple[str, ...]] = ()

    name: str
    title: str
    source: str
    query: Source
    columns: tuple[Column, ...]
    note: str = ""
    sort: str = ""
    limit: int = 50_000
    empty: str = "没有记录。"
    period: str = ""
    totals: bool = False
    made: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    finish: Finish | None = None


@dataclass(frozen=True)
class Figure:
    """A figure with its table alternative.

    Live drawings follow every choice that the query gives a column for (see Table). Others are drawn for all
    bodies and, where the query gives body_id, for each.
    wide    as wide as the page; otherwise two stand side by side
    """

    template: ClassVar[str] = "figure"
    scripts: ClassVar[tuple[str, ...]] = ()

    name: str
    title: str
    source: str
    unit: str
    query: Source
    drawing: Drawing
    period: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a page with its own heading and place in the navigation.

    files   (name, label) of files beside the pages that are linked where they are there
    """

    slug: str
    title: str
    intro: str
    blocks: tuple[Block, ...]
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Indicator:
    """A number at the head of the page: the sum of `counted` over the rows that the choices leave.

    tone   breach / warning when any is bad news, plain otherwise
    goes   the records behind the number: a fragment without '#'
    counted  the indicator of pages.page_indicator; SQL that gives `value` for what only schema `meta` knows
    follows  columns of the choices that it follows
    trend    also where it stood, from pages.page_indicator__trend: the last point is today's, the one before it
             30 days ago; columns of the choices that the points follow
    """

    name: str
    label: str
    unit: str
    tone: str
    goes: str
    counted: str
    follows: tuple[str, ...] = ("body_id",)
    note: str = ""
    trend: tuple[str, ...] = ()

    @property
    def is_of_meta(self) -> bool:
        """`counted` is SQL over schema `meta`."""
        return " " in self.counted

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


@dataclass(frozen=True)
class Record:
    """One HTML for all records of a kind: <slug>.html#id=<id>; the records are in files loaded on demand.

    query    gives `record_id` and the columns of the head, one row per record
    name     the column of the head that names the record beside its id; empty: the id alone
    blocks   each query gives `record_id` too; rows of a record stand in the query's order. Figures are drawn
             with marks only (reports.figures.marks), straight from their rows: no summary.
    parent   slug of the page that lists the records
    per_file records in one file: so many that a file stays below some hundred kB
    """

    slug: str
    title: str
    parent: str
    query: Rows
    columns: tuple[Column, ...]
    blocks: tuple[Table | RecordFigure, ...]
    name: str = ""
    per_file: int = 400


@dataclass(frozen=True)
class RecordFigure:
    """A figure of one record: `draw` makes it from the rows of any record, the browser fills in those of one."""

    name: str
    title: str
    source: str
    unit: str
    query: Rows
    draw: Callable[[pd.DataFrame], go.Figure]
    words: Words
    columns: tuple[Column, ...]
