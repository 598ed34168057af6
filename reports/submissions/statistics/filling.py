"""From tables and figures to rows of values, with the place of every value known by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.submissions.statistics.figure_form import StatisticsForm, Table
from reports.submissions.statistics.figures import Figures


@dataclass(frozen=True)
class Row:
    """A filled row. item is "" for a line and for the total."""

    item: str
    label: str
    unit: str
    values: tuple[Decimal | None, ...]
    is_total: bool = False


@dataclass(frozen=True)
class Filled:
    """A table with its rows; None stands where there is nothing to divide by."""

    table: Table
    rows: tuple[Row, ...]

    @property
    def has_units(self) -> bool:
        return any(row.unit for row in self.rows)


def fill(form: StatisticsForm, table: Table, figures: Figures) -> Filled:
    """Raises FormError where an expression speaks of what there is not."""
    return Filled(table, tuple(_rows(form, table, figures)))


def _rows(form: StatisticsForm, table: Table, figures: Figures) -> Iterator[Row]:
    for line in table.lines:
        values = tuple(figures.evaluate(line.value, column.of) for column in table.columns)
        yield Row("", line.label, line.unit, values)
    if table.topic:
        for item in _items(form, table, figures):
            yield Row(item, form.label(table.labels, item), "", _values(table, figures, table.topic, item))
    if table.total:
        yield Row("", "合计", "", _values(table, figures, *table.total.figure), is_total=True)


def _items(form: StatisticsForm, table: Table, figures: Figures) -> list[str]:
    """In the order of the form's list; what the list does not know comes last."""
    found = figures.items(table.topic)
    listed = list(form.labels.get(table.labels, {}))
    known = [
        code
        for code in listed
        if code in found or (table.all_listed and (table.labels, code) not in form.rare)
    ]
    return known + [item for item in found if item not in listed]


def _values(table: Table, figures: Figures, topic: str, item: str) -> tuple[Decimal | None, ...]:
    return tuple(figures.evaluate(column.value, column.of, (topic, item)) for column in table.columns)
