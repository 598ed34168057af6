"""What an annual report says, before it looks like anything: chapters of words, key figures, tables, charts.

Every number is written here once; HTML, PDF and Word show the same model. Words carry their numbers as
`Quantity` with a unit, tables carry them in cells under a heading with a unit: a test can name each of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from reports.annual_report.chart import Chart, Number

Value = str | int | Decimal | date | None
Tone = Literal["plain", "warning", "breach"]


def shown(value: Value) -> str:
    """A value as readers see it: thousands apart, at most two decimals (half up), — for what is not known."""
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        rounded = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        whole, _, part = f"{rounded:,f}".partition(".")
        part = part.rstrip("0")
        return (f"{whole}.{part}" if part else whole).replace("-", "−")
    return f"{value:,}".replace("-", "−") if isinstance(value, int) else str(value)


def signed(change: Value) -> str:
    """A change: +3, −2, 0."""
    return f"+{shown(change)}" if isinstance(change, int | Decimal) and change > 0 else shown(change)


@dataclass(frozen=True)
class Quantity:
    """A number in a sentence. `unit` follows it without a blank when it is Chinese."""

    value: int | Decimal | None
    unit: str = ""

    def __str__(self) -> str:
        return f"{shown(self.value)} {self.unit}".rstrip()


@dataclass(frozen=True)
class Paragraph:
    """A sentence or a few: `template` with the names of its numbers in braces."""

    template: str
    numbers: Mapping[str, Quantity] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.template.format_map({name: str(number) for name, number in self.numbers.items()})


def say(template: str, **numbers: Quantity) -> Paragraph:
    return Paragraph(template, numbers)


@dataclass(frozen=True)
class KeyFigure:
    """One line of the summary: this year, the year before, and the change."""

    name: str
    label: str
    unit: str
    value: int | Decimal | None
    before: int | Decimal | None = None
    tone: Tone = "plain"
    note: str = ""

    @property
    def change(self) -> int | Decimal | None:
        if self.value is None or self.before is None:
            return None
        return self.value - self.before


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand right. `unit` is shown with the heading or once for the table; a change has its sign."""

    key: str
    label: str
    unit: str = ""
    number: bool = True
    is_change: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings. `totals` are row numbers (negative from the end) that sum up or frame the others."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    source: str
    note: str = ""
    totals: tuple[int, ...] = ()
    empty: str = "没有记录。"

    def __post_init__(self) -> None:
        assert all(len(row) == len(self.columns) for row in self.rows), self.name
        assert len({column.key for column in self.columns}) == len(self.columns), f"{self.name}: a key twice"

    @property
    def common_unit(self) -> str:
        """The unit that every number has, to be said once; empty when they differ."""
        units = {column.unit for column in self.columns if column.number}
        return units.pop() if len(units) == 1 else ""

    @property
    def caption(self) -> str:
        return f"{self.title}（单位：{self.common_unit}）" if self.common_unit else self.title

    def heading(self, column: Column) -> str:
        """The label, with its unit where the table has several."""
        return column.label if self.common_unit or not column.unit else f"{column.label}（{column.unit}）"

    def column(self, key: str) -> list[Value]:
        place = [column.key for column in self.columns].index(key)
        return [row[place] for row in self.rows]

    def numbers(self, key: str) -> tuple[Number, ...]:
        """A column of numbers, without the rows that sum up: what a chart is drawn from."""
        return tuple(
            value if isinstance(value, int | Decimal) else None
            for place, value in enumerate(self.column(key))
            if not self.is_total(place)
        )

    def names(self, key: str) -> tuple[str, ...]:
        """A column of names, without the rows that sum up."""
        return tuple(str(value) for place, value in enumerate(self.column(key)) if not self.is_total(place))

    def is_total(self, place: int) -> bool:
        return place in {total % len(self.rows) for total in self.totals}

    def texts(self) -> list[list[str]]:
        """The rows as readers see them. A total is a stock, not a change: no sign."""
        return [
            [
                signed(value) if column.is_change and not self.is_total(place) else shown(value)
                for column, value in zip(self.columns, row, strict=True)
            ]
            for place, row in enumerate(self.rows)
        ]


@dataclass(frozen=True)
class Figure:
    """A chart drawn from numbers that a table of the same chapter has; `words` say what it shows."""

    name: str
    title: str
    chart: Chart
    source: str
    words: str


Block = Paragraph | Table | Figure


@dataclass(frozen=True)
class Decision:
    """What management has to decide, why, and the chapter that shows it."""

    tone: Tone
    matter: Paragraph
    proposal: str
    chapter: str


@dataclass(frozen=True)
class Chapter:
    """A numbered chapter; its key figures and decisions are gathered on the summary page."""

    slug: str
    title: str
    blocks: tuple[Block, ...]
    key_figures: tuple[KeyFigure, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Report:
    """The whole document of one body and year."""

    body_id: str
    body_name: str
    year: int
    as_of: date
    first_on: date
    last_on: date
    is_running: bool
    batch_id: str
    rule_set_version: str
    profiles: str
    is_masked: bool
    notices: tuple[str, ...]
    chapters: tuple[Chapter, ...]

    @property
    def title(self) -> str:
        return f"{self.year} 年度认证工作报告"

    @property
    def period_words(self) -> str:
        return f"{self.first_on} 至 {self.last_on}{'（本年尚未结束）' if self.is_running else ''}"

    @property
    def key_figures(self) -> Sequence[KeyFigure]:
        return [figure for chapter in self.chapters for figure in chapter.key_figures]

    @property
    def decisions(self) -> Sequence[tuple[int, Decision]]:
        """Decisions with the number of their chapter, breaches first."""
        gathered = [
            (number, decision)
            for number, chapter in enumerate(self.chapters, start=1)
            for decision in chapter.decisions
        ]
        order = {"breach": 0, "warning": 1, "plain": 2}
        return sorted(gathered, key=lambda found: order[found[1].tone])
