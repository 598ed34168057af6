"""What a chart shows, as data: categories, series, limits. `plot` makes a plotly figure of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Number = int | Decimal | None


@dataclass(frozen=True)
class Series:
    """One colour of a chart. `pattern`: '/' outlined, '.' outlined and narrow, so that print and colour-blind readers see it."""

    name: str
    values: tuple[Number, ...]
    colour: str
    pattern: str = ""


@dataclass(frozen=True)
class Limit:
    """A line that is not to be crossed, or a warning before it."""

    value: Decimal
    label: str
    is_dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """columns: upright, stacked (negative values below the line); rows: lying bars, stacked."""

    kind: Literal["columns", "rows"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    limits: tuple[Limit, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(value for series in self.series for value in series.values)
