"""Numbers of the law in what pages say: texts name a parameter, the published file has its words.

`{parameter:name}` is the value in force on as_of, `{parameter:name:form}` the same in a form that dim_parameter has:
percent, years, next, month_day. The same templates stand in the rules' sentences (dbt/macros/rules/say.sql).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import wraps
from typing import Any, TypeVar, cast

import duckdb
import plotly.graph_objects as go

from reports.rows import Rows, read

PARAMETERS = "marts.dim_parameter"
FORMS = ("plain", "percent", "years", "next", "month_day")
FIELD = re.compile(r"\{parameter:(\w+)(?::(\w+))?\}")

_Part = TypeVar("_Part")


@dataclass(frozen=True)
class Parameters:
    """Words by parameter and form."""

    words: Mapping[str, Mapping[str, str | None]]

    def fill(self, text: str) -> str:
        """The text with its parameters in words. What is none of ours stays: a client may have typed anything."""
        return FIELD.sub(lambda found: self._word(found) or found[0], text)

    def _word(self, found: re.Match[str]) -> str | None:
        return self.words.get(found[1], {}).get(found[2] or "plain")

    def within(self, part: _Part) -> _Part:
        """A description with the words in all its texts, in those that its functions will make, and in figures."""
        return cast("_Part", self._within(part))

    def _within(self, part: Any) -> Any:
        if isinstance(part, str):
            return self.fill(part)
        if isinstance(part, go.Figure):
            return self._figure(part)
        if isinstance(part, Mapping):
            return {key: self._within(value) for key, value in part.items()}
        if isinstance(part, tuple | list):
            return type(part)(self._within(value) for value in part)
        if is_dataclass(part) and not isinstance(part, type):
            own = {field.name: self._within(getattr(part, field.name)) for field in fields(part)}
            return replace(part, **own)
        if callable(part) and not isinstance(part, type):
            return self._speaking(part)
        return part

    def _speaking(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with the words in what it says; frames that it makes are left alone."""

        @wraps(function)
        def speaking(*given: Any, **named: Any) -> Any:
            made = function(*given, **named)
            return self._within(made) if isinstance(made, str | list | go.Figure) else made

        return speaking

    def _figure(self, figure: go.Figure) -> go.Figure:
        """Names, hover texts and titles of axes; what is drawn from rows has its labels from the summary."""
        for trace in figure.data:
            for name in ("name", "hovertemplate"):
                text = getattr(trace, name, None)
                if text and FIELD.search(text):
                    setattr(trace, name, self.fill(text))
        for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
            if axis.title.text:
                axis.title.text = self.fill(axis.title.text)
            if axis.categoryarray:
                axis.categoryarray = [self.fill(str(label)) for label in axis.categoryarray]
        return figure


def read_parameters(connection: duckdb.DuckDBPyConnection) -> Parameters:
    """The words of the values in force."""
    frame = read(connection, Rows(PARAMETERS, order=("name",), where={"is_in_force": True}), ("name", *FORMS))
    return Parameters(
        {
            row["name"]: {form: None if row[form] != row[form] else row[form] for form in FORMS}
            for row in frame.to_dict("records")
        }
    )
