"""From a block's query to the value that its data file hands over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import duckdb
import pandas as pd
from plotly.io.json import to_json_plotly

from reports.columns import Column
from reports.dashboard.blocks import Figure, Indicator, Source, Table
from reports.dashboard.filters import COLUMNS, follows
from reports.dashboard.live_figure import grouped, live_payload
from reports.dashboard.payload import encode, needed_columns, table_payload
from reports.dashboard.run import Run
from reports.figures.summary import Summary
from reports.rows import Rows, count, read

INDICATORS, TRENDS = "pages.page_indicator", "pages.page_indicator__trend"

_FIGURES_PER_BODY = 40
"""Bodies up to which a figure that is not live is also drawn for each of them."""


def shown_columns(columns: tuple[Column, ...], *, masked: bool) -> tuple[Column, ...]:
    return tuple(column for column in columns if not (masked and column.personal))


def rows_read(
    connection: duckdb.DuckDBPyConnection,
    query: Source,
    names: Iterable[str] = (),
    *,
    also: Iterable[str] = (),
    limit: int = 0,
) -> pd.DataFrame:
    """The rows of a block with the columns that it needs, and those of `also` that are there."""
    if isinstance(query, Rows):
        return read(connection, query, names, also=also, limit=limit)
    return connection.execute(f"{query} limit {limit}" if limit else query).df()


def table_frame(connection: duckdb.DuckDBPyConnection, table: Table, *, masked: bool) -> pd.DataFrame:
    """The first `limit` rows with what the table shows, links by, and follows."""
    shown = shown_columns(table.columns, masked=masked)
    names = [name for name in (*needed_columns(shown), table.period) if name and name not in table.made]
    also = [*COLUMNS.values(), *table.reads]
    frame = rows_read(connection, table.query, names, also=also, limit=table.limit)
    return table.finish(connection, frame) if table.finish else frame


def table_value(connection: duckdb.DuckDBPyConnection, table: Table, *, masked: bool) -> dict[str, Any]:
    """The first `limit` rows and how many there are in all; `together`: rows that speak for all bodies."""
    frame = table_frame(connection, table, masked=masked)
    total = len(frame)
    if total == table.limit and isinstance(table.query, Rows):
        total = count(connection, table.query)
    payload = table_payload(
        frame,
        shown_columns(table.columns, masked=masked),
        total=total,
        sort=table.sort,
        followed=follows(frame.columns, table.period),
    )
    if table.totals:
        payload.update(totals=True, together=int((frame["body_id"] == "").sum()))
    return payload


def figure_frame(connection: duckdb.DuckDBPyConnection, figure: Figure) -> pd.DataFrame:
    """The rows that the figure is made of: what its summary sums by what, and what the choices look at."""
    summary = figure.drawing.summarise
    names = (*summary.keys, *summary.sums, figure.period) if isinstance(summary, Summary) else ()
    return rows_read(
        connection, figure.query, [name for name in names if name], also=COLUMNS.values() if names else ()
    )


def figure_value(connection: duckdb.DuckDBPyConnection, figure: Figure, run: Run) -> dict[str, Any]:
    """{"live": ...}, or {"all": drawn, "each": {body id: drawn}}; height in pixels of the whole."""
    frame = figure_frame(connection, figure)
    if figure.drawing.is_live and len(frame):
        live = live_payload(frame, figure.drawing, figure.period)
        return {"live": live, "height": live["figure"]["layout"].get("height", 0)}
    whole = _drawn(figure, frame)
    value: dict[str, Any] = {
        "all": whole,
        "height": (whole["figure"] or {}).get("layout", {}).get("height", 0),
    }
    if "body_id" in frame and len(run.bodies) <= _FIGURES_PER_BODY:
        value["each"] = {body: _drawn(figure, frame[frame["body_id"] == body]) for body, _ in run.bodies}
    return value


def _drawn(figure: Figure, frame: pd.DataFrame) -> dict[str, Any]:
    table = figure.drawing.summarise(frame) if len(frame) else frame
    if not len(table):
        return {"figure": None, "words": "没有记录。", "table": _empty_table(figure)}
    # plotly's own encoder knows numpy's numbers.
    drawn = json.loads(to_json_plotly(figure.drawing.draw(table).to_plotly_json(), engine="json"))
    return {
        "figure": drawn,
        "words": figure.drawing.describe(table),
        "table": table_payload(table, figure.drawing.columns),
    }


def _empty_table(figure: Figure) -> dict[str, Any]:
    columns = figure.drawing.columns
    return table_payload(pd.DataFrame(columns=list(needed_columns(columns))), columns)


def indicator_value(connection: duckdb.DuckDBPyConnection, indicator: Indicator) -> dict[str, Any]:
    """The number as rows that the browser adds up, and where it stood before."""
    if indicator.is_of_meta:
        return _rows(connection.execute(indicator.counted).df())
    where = {"indicator": indicator.counted}
    value = _rows(read(connection, Rows(INDICATORS, where=where), (*indicator.follows, "value")))
    if indicator.trend:
        frame = read(connection, Rows(TRENDS, where=where), ("day_on", *indicator.trend, "value"))
        points = sorted(frame["day_on"].unique().tolist())
        frame["point"] = frame["day_on"].map({day: at for at, day in enumerate(points)})
        if len(points) > 1:
            value["trend"] = {**_rows(frame, "point"), "points": points}
    return value


def _rows(frame: pd.DataFrame, *numbers: str) -> dict[str, Any]:
    """Sums per combination of what the choices look at, in an order that does not depend on the query's."""
    followed = follows(frame.columns)
    keys = [*followed.values(), *numbers]
    frame = grouped(frame, keys, ["value"]) if keys else frame
    return {
        "follows": followed,
        "rows": len(frame),
        "data": {
            **{column: encode(frame[column].tolist(), "text") for column in followed.values()},
            **{name: encode(frame[name].tolist(), "number") for name in ("value", *numbers)},
        },
    }
