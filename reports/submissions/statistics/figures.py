"""The figures of one body, and the little language in which forms speak of them.

A figure is what is counted (topic, measure) of what (item) in which period: `certificates.all.issued`. An
expression adds and subtracts figures, and may divide two such sums: `audits.all.onsite_days / staff.*.auditors`.
The item `*` is the sum over all items; `@before` the period before, `@to_date` the year so far, `@change` the
difference to the period before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Literal

import duckdb

from ingestion.sql import text as quoted
from reports.submissions.strict_files import FormError, Strict, read_rows

# topic.item.measure, or the measure alone where topic and item are those of the row.
_TERM = re.compile(
    r"\s*(?P<sign>[+-]?)\s*(?:(?P<topic>[a-z_0-9]+)\.(?P<item>[^\s.+/-]+)\.)?(?P<measure>[a-z_0-9]+)"
    r"(?:@(?P<of>before|to_date|change))?\s*"
)
_CENT = Decimal("0.01")


class Measure(Strict):
    """A line of measures.csv: how a measure may be used. A stock does not add up over periods; `meaning` in Chinese."""

    topic: str
    measure: str
    kind: Literal["flow", "stock"]
    unit: str
    meaning: str


@dataclass(frozen=True)
class Span:
    """The period of a file, the one to compare with, and the periods of the year so far."""

    this: str
    before: str
    to_date: tuple[str, ...]

    def periods(self, of: str) -> tuple[str, ...]:
        return {"this": (self.this,), "before": (self.before,), "to_date": self.to_date}[of]


@cache
def measures() -> Mapping[tuple[str, str], Measure]:
    """The catalogue: (topic without its `_by_...`, measure). A staff topic by system or scope is its own."""
    return read_measures(files("reports.submissions.statistics"))


def read_measures(folder: Traversable) -> Mapping[tuple[str, str], Measure]:
    """The catalogue in a folder. Raises FormError."""
    return MappingProxyType(
        {(line.topic, line.measure): line for line in read_rows(folder, "measures.csv", Measure)}
    )


def measure_of(topic: str, measure: str) -> Measure:
    """Raises FormError for a measure that no model makes: it would be zero for ever."""
    for name in (topic, topic.partition("_by_")[0]):
        if found := measures().get((name, measure)):
            return found
    raise FormError(f"no figure {topic}.*.{measure}")


class Figures:
    """All figures of a body in the periods of a span. What is not there is zero."""

    def __init__(self, values: Mapping[tuple[str, str, str, str], Decimal], span: Span) -> None:
        """values: (period, topic, item, measure) -> value."""
        self._values = values
        self.span = span

    def items(self, topic: str) -> list[str]:
        """What the topic is told apart by, in this period or the one to compare with."""
        return sorted({item for period, known, item, _ in self._values if known == topic})

    def value(self, topic: str, item: str, measure: str, of: str = "this") -> Decimal:
        """One figure; item `*` is the sum over all items."""
        known = measure_of(topic, measure)
        if of == "change":
            return self.value(topic, item, measure) - self.value(topic, item, measure, "before")
        if of == "to_date" and known.kind == "stock":
            raise FormError(f"{topic}.{measure} is a stock: it has no sum over months")
        items = self.items(topic) if item == "*" else [item]
        return sum(
            (
                self._values.get((period, topic, one, measure), Decimal(0))
                for period in self.span.periods(of)
                for one in items
            ),
            Decimal(0),
        )

    def evaluate(
        self, expression: str, of: str = "this", row: tuple[str, str] | None = None
    ) -> Decimal | None:
        """An expression; `row` = topic and item of its bare measures. None where it divides by zero.

        Raises FormError where it is no expression.
        """
        above, _, below = expression.partition("/")
        numerator = self._sum(above, of, row)
        if not below:
            return numerator
        denominator = self._sum(below, of, row)
        if not denominator:
            return None
        return (numerator / denominator).quantize(_CENT, ROUND_HALF_UP)

    def _sum(self, expression: str, of: str, row: tuple[str, str] | None) -> Decimal:
        total, place = Decimal(0), 0
        while place < len(expression):
            term = _TERM.match(expression, place)
            if term is None or not (term["topic"] or row):
                raise FormError(f"not an expression of figures: {expression!r}")
            topic, item = (term["topic"], term["item"]) if term["topic"] else row or ("", "")
            value = self.value(topic, item, term["measure"], term["of"] or of)
            total += -value if term["sign"] == "-" else value
            place = term.end()
        return total


def load_figures(connection: duckdb.DuckDBPyConnection, body_id: str, span: Span) -> Figures:
    """From the attached database `warehouse`."""
    periods = ", ".join(quoted(period) for period in dict.fromkeys((span.before, span.this, *span.to_date)))
    rows = connection.execute(
        "select period, topic, item, measure, value from warehouse.submissions.sub_statistics__figure"
        f" where body_id = {quoted(body_id)} and period in ({periods})"
    ).fetchall()
    return Figures(
        {(period, topic, item, measure): value for period, topic, item, measure, value in rows}, span
    )
