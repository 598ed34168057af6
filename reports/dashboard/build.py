"""Builds the folder of pages from a published warehouse: queries, figures, data files, HTML, then one rename.

The same warehouse gives the same bytes: everything is sorted, nothing reads a clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from plotly.io.json import to_json_plotly

from reports.dashboard.blocks import Figure, Indicator, Page, Table
from reports.dashboard.embed import data_file, script_value
from reports.dashboard.pages import PAGES, places
from reports.dashboard.payload import table_payload
from reports.dashboard.rendering import rendered
from reports.dashboard.replace import replaced
from reports.dashboard.rule_book import (
    RULE_BOOK_SLUG,
    RULE_BOOK_TITLE,
    read_outcomes,
    rule_book_html,
)
from reports.dashboard.run import Run, read_run
from reports.rulebook import read_rulebook
from reports.warehouse import open_warehouse

_PAGE_SCRIPTS = ("core.js", "address.js", "csv.js", "search.js", "table.js", "figure.js", "page.js")
_STATIC = ("app.css", "rulebook.css", "rulebook.js", *_PAGE_SCRIPTS)
_NAVIGATION = (*((page.slug, page.title) for page in PAGES), (RULE_BOOK_SLUG, RULE_BOOK_TITLE))
_FIGURES_PER_BODY = 40
"""Bodies up to which every figure is also drawn for each of them."""

Progress = Callable[[str], None]


def _frame(connection: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    return connection.execute(query).df()


def _indicator_values(
    connection: duckdb.DuckDBPyConnection, indicator: Indicator, run: Run
) -> dict[str, int | None]:
    """Value per body id, '' for all bodies together; None for bodies where it is not theirs."""
    counted = connection.execute(indicator.query).fetchall()
    if any(body is None for body, _ in counted):
        return {
            "": int(sum(value for _, value in counted)),
            **dict.fromkeys((body for body, _ in run.bodies), None),
        }
    by_body = {str(body): int(value) for body, value in counted}
    return {"": sum(by_body.values()), **{body: by_body.get(body, 0) for body, _ in run.bodies}}


def _table_value(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, Any]:
    counted = connection.execute(f"select count(*) from ({table.query})").fetchone()
    frame = _frame(connection, f"{table.query} limit {table.limit}")
    return table_payload(frame, table.columns, total=counted[0] if counted else 0, sort=table.sort)


def _figure_value(connection: duckdb.DuckDBPyConnection, figure: Figure, run: Run) -> dict[str, Any]:
    """The figure for all bodies under '', and for each body under its id."""
    frame = _frame(connection, figure.query)
    frames = {"": frame}
    if len(run.bodies) <= _FIGURES_PER_BODY:
        frames.update({body: frame[frame["body_id"] == body] for body, _ in run.bodies})
    value = {}
    for scope, part in frames.items():
        drawn = figure.drawing.summarise(part)
        value[scope] = {
            "figure": figure.drawing.draw(drawn).to_plotly_json() if len(drawn) else None,
            "words": figure.drawing.describe(drawn) if len(drawn) else "没有记录。",
            "table": table_payload(drawn, figure.drawing.columns),
        }
    return value


def _plain_figure(value: dict[str, Any]) -> str:
    """As script_value, for figures: plotly's own encoder knows numpy arrays."""
    return script_value(json.loads(to_json_plotly(value, engine="json")))


def _page_values(
    connection: duckdb.DuckDBPyConnection, page: Page, run: Run, progress: Progress
) -> dict[str, str]:
    """Data files of one page: JavaScript expression by name."""
    values: dict[str, str] = {}
    for table in page.tables:
        progress(f"表 {table.title}")
        values[f"table-{table.name}"] = script_value(_table_value(connection, table))
    for figure in page.figures:
        progress(f"图 {figure.title}")
        values[f"figure-{figure.name}"] = _plain_figure(_figure_value(connection, figure, run))
    indicators = {item.name: _indicator_values(connection, item, run) for item in page.indicators}
    values[f"page-{page.slug}"] = script_value({"indicators": indicators})
    return values


def _site_value(run: Run) -> str:
    """What all pages share: whom they speak for, and which page a link leads to."""
    return script_value({"asOf": run.as_of, "batch": run.batch_id, "bodies": run.bodies, "places": places()})


def _digest(values: dict[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(values):
        digest.update(name.encode() + b"\0" + values[name].encode() + b"\0")
    return digest.hexdigest()[:16]


def _write_pages(folder: Path, run: Run, values: dict[str, str]) -> None:
    """Data files and pages. All carry one build number, so that a page notices data of another build."""
    build = _digest(values)
    for name, expression in values.items():
        (folder / "data" / f"{name}.js").write_text(data_file(name, build, expression), encoding="utf-8")
    for page in PAGES:
        html = rendered(
            "page.html",
            page=page,
            pages=_NAVIGATION,
            places=places(),
            run=run,
            build=build,
            scripts=_PAGE_SCRIPTS,
            kinds={Table: "table", Figure: "figure"},
        )
        (folder / f"{page.slug}.html").write_text(html, encoding="utf-8")


def _write_static(folder: Path) -> None:
    static = files("reports") / "static"
    for name in _STATIC:
        (folder / "static" / name).write_bytes((static / name).read_bytes())
    (folder / "static" / "plotly.min.js").write_bytes(
        (files("plotly") / "package_data" / "plotly.min.js").read_bytes()
    )


def build_dashboard(warehouse: Path, out: Path, progress: Progress | None = None) -> Path:
    """Write the pages for `warehouse` (a published file, read only) as folder `out`; returns its index.html.

    `out` is replaced as a whole when all of it is written; a crash leaves the old folder.
    """
    report = progress or (lambda _: None)
    with replaced(out) as folder:
        for name in ("data", "static"):
            (folder / name).mkdir()
        with open_warehouse(warehouse) as connection:
            run = read_run(connection)
            values = {"site": _site_value(run)}
            for page in PAGES:
                values.update(_page_values(connection, page, run, report))
            _write_pages(folder, run, values)
            rule_book = rule_book_html(
                read_rulebook(warehouse), read_outcomes(connection), run, pages=_NAVIGATION
            )
            (folder / f"{RULE_BOOK_SLUG}.html").write_text(rule_book, encoding="utf-8")
        _write_static(folder)
    return out / "index.html"
