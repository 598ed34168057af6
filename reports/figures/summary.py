"""What a figure's table is made of, said once for Python, which draws it, and for the browser, which redraws it.

A figure that follows every filter of the pages cannot be drawn beforehand: the browser sums the rows that are
left. So what `summarise` does is data (`Summary`), and so is the sentence above the figure (`Words`). Order of
keys, gaps between months and labels are worked out here alone; the browser keeps to what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

LABEL = "_label"
"""Column of a summary that holds the label of each row on the axis, ready for plotly."""

Labels = Callable[[pd.DataFrame], Sequence[str]]
Order = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Summary:
    """From the rows of a figure's query to its table: one row per combination of `keys`, `sums` added up.

    months       key that is a month YYYY-MM: months without rows stand in between, with zeros
    running      of sums: totals so far instead, for rows that say changes
    fixed        values of the (only) key that stand there even when there is nothing of them, in this order
    order        puts the summed table in order; otherwise by the keys
    label        the labels of the rows on the axis, with markup already escaped
    top          (column, n): only the n rows with the most
    ratios       further columns: (sum, sum) divided, nothing where the second is 0
    """

    keys: tuple[str, ...]
    sums: tuple[str, ...]
    months: str = ""
    running: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    order: Order | None = None
    label: Labels | None = None
    top: tuple[str, int] | None = None
    ratios: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __call__(self, frame: pd.DataFrame) -> pd.DataFrame:
        return self.within(frame, frame)

    def within(self, frame: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
        """The table of `frame`, part of `whole`, which gives the months, the order and the labels."""
        table, keys, sums = self.domain(whole), list(self.keys), list(self.sums)
        if frame is not whole:
            counted = frame.groupby(keys, dropna=False)[sums].sum().reset_index()
            table = table.drop(columns=sums).merge(counted, on=keys, how="left")
            table[sums] = table[sums].fillna(0)
        for name in self.running:
            table[name] = table[name].cumsum()
        if not self.months and not self.fixed:
            table = table[(table[sums] != 0).any(axis=1)]
        if self.top:
            column, most = self.top
            table = table.sort_values(column, ascending=False, kind="stable").head(most)
        for name, (upper, lower) in self.ratios.items():
            table[name] = table[upper] / table[lower].where(table[lower] != 0)
        return table.reset_index(drop=True)

    def domain(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Every row that can be there, in order, with its label and its sums over `frame`."""
        keys = list(self.keys)
        table = frame.groupby(keys, dropna=False)[list(self.sums)].sum().reset_index()
        if self.months and len(table):
            first, last = table[self.months].min(), table[self.months].max()
            months = pd.period_range(first, last, freq="M").strftime("%Y-%m").tolist()
            table = self._placed(table, months)
        if self.fixed:
            table = self._placed(table, self.fixed)
        if self.order:
            table = self.order(table).reset_index(drop=True)
        if self.label:
            table[LABEL] = list(self.label(table))
        return table

    def _placed(self, table: pd.DataFrame, values: Sequence[str]) -> pd.DataFrame:
        """One row per value of the only key, zeros where there was none."""
        if len(self.keys) != 1:
            raise ValueError(f"A summary with months or fixed values has one key, not {self.keys}.")
        placed = table.set_index(self.keys[0])[list(self.sums)].reindex(list(values), fill_value=0)
        return placed.reset_index(names=self.keys[0])

    def payload(self) -> dict[str, Any]:
        """What the browser needs beside the domain."""
        return {
            "keys": list(self.keys),
            "sums": list(self.sums),
            "months": self.months,
            "keep": bool(self.months or self.fixed),
            "running": list(self.running),
            "top": list(self.top) if self.top else None,
            "ratios": {name: list(parts) for name, parts in self.ratios.items()},
        }


_FIELD = re.compile(r"\{(?!parameter:)([^{}]+)\}")


@dataclass(frozen=True)
class Words:
    """The sentence above a figure, with fields that are read off its table.

    {column} total of a column · {column:key=value} of the rows with that value · {#} rows · {#:key=value}
    · {first.column}, {last.column} of the first and last row. `empty` where there are no rows.
    """

    text: str
    empty: str = "没有记录。"

    def __call__(self, table: pd.DataFrame) -> str:
        if table.empty:
            return self.empty
        return _FIELD.sub(lambda match: _value(match[1], table), self.text)

    def payload(self) -> dict[str, str]:
        return {"text": self.text, "empty": self.empty}


def _value(field_text: str, table: pd.DataFrame) -> str:
    name, _, condition = field_text.partition(":")
    if condition:
        key, _, wanted = condition.partition("=")
        table = table[table[key].astype(str) == wanted]
    if name == "#":
        return _shown(len(table))
    place, _, column = name.partition(".")
    if column:
        return _shown(table[column].iloc[0 if place == "first" else -1])
    return _shown(table[name].sum())


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    number = round(float(value), 2)
    return f"{int(number):,}" if number == int(number) else f"{number:,}"
