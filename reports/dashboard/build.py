"""Builds the folder of pages from a published warehouse: queries, figures, data files, HTML, then one rename.

The same warehouse gives the same bytes: everything is sorted, nothing reads a clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import duckdb

from ingestion.placing import replacing
from reports.dashboard.beside import kept_beside
from reports.dashboard.blocks import Page
from reports.dashboard.embed import data_file, script_value
from reports.dashboard.filings import FilingRow, register_filings
from reports.dashboard.filters import choices
from reports.dashboard.packing import packed
from reports.dashboard.pages import PAGES, RECORDS, places
from reports.dashboard.records import record_values
from reports.dashboard.rendering import rendered
from reports.dashboard.rule_book import (
    RULE_BOOK_SLUG,
    RULE_BOOK_TITLE,
    read_outcomes,
    rule_book_html,
)
from reports.dashboard.run import Run, read_run
from reports.dashboard.values import figure_value, indicator_value, table_value
from reports.parameters import Parameters, read_parameters
from reports.rulebook import read_rulebook
from reports.warehouse import open_warehouse

_FRAME_SCRIPTS = (
    "core.js",
    "address.js",
    "filters.js",
    "csv.js",
    "search.js",
    "table.js",
    "live.js",
    "figure.js",
)
_PAGE_SCRIPTS = (*_FRAME_SCRIPTS, "indicators.js", "choices.js", "page.js")
_RECORD_SCRIPTS = (*_FRAME_SCRIPTS, "record.js")
_NAVIGATION = (*((page.slug, page.title) for page in PAGES), (RULE_BOOK_SLUG, RULE_BOOK_TITLE))
_ROWS_SHOWN = 20
_ROW_PIXELS, _HEAD_PIXELS, _PAGER_PIXELS, _EMPTY_PIXELS = 29, 106, 40, 20
"""Of a table on a wide screen: a row, what stands above the rows, the pager below them; the words where none is."""

Progress = Callable[[str], None]


@dataclass
class _Contents:
    """What the data files hold, and how much room each block will need, so that nothing moves when it comes."""

    values: dict[str, str] = field(default_factory=dict)
    heights: dict[str, int] = field(default_factory=dict)

    @property
    def build(self) -> str:
        """One number for all files of a build, so that a page notices data of another one."""
        digest = hashlib.sha256()
        for name in sorted(self.values):
            digest.update(name.encode() + b"\0" + self.values[name].encode() + b"\0")
        return digest.hexdigest()[:16]


def _read_page(
    connection: duckdb.DuckDBPyConnection,
    page: Page,
    run: Run,
    contents: _Contents,
    say: Progress,
    masked: bool,
) -> None:
    for table in page.tables:
        say(f"表 {table.title}")
        listed = table_value(connection, table, masked=masked)
        contents.values[f"table-{table.name}"] = script_value(packed(listed))
        contents.heights[table.name] = _table_height(listed.get("together", listed["rows"]))
    for figure in page.figures:
        say(f"图 {figure.title}")
        drawn = figure_value(connection, figure, run)
        contents.values[f"figure-{figure.name}"] = script_value(packed(drawn))
        contents.heights[figure.name] = drawn["height"]
    indicators = {item.name: indicator_value(connection, item) for item in page.indicators}
    contents.values[f"page-{page.slug}"] = script_value(packed({"indicators": indicators}))


def _table_height(rows: int) -> int:
    """Pixels that are kept free for a table, so that what stands below it does not move when it comes."""
    if not rows:
        return _EMPTY_PIXELS
    pager = _PAGER_PIXELS if rows > _ROWS_SHOWN else 0
    return _HEAD_PIXELS + _ROW_PIXELS * min(rows, _ROWS_SHOWN) + pager


def _page_scripts(page: Page) -> tuple[str, ...]:
    """The frame's, then those of the blocks; the last puts the page together."""
    *frame, last = _PAGE_SCRIPTS
    own = [script for section in page.sections for block in section.blocks for script in block.scripts]
    return (*frame, *dict.fromkeys(own), last)


_STATIC = (
    "app.css",
    "rulebook.css",
    "rulebook.js",
    *dict.fromkeys((*(script for page in PAGES for script in _page_scripts(page)), *_RECORD_SCRIPTS)),
)


def _write_pages(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    run: Run,
    contents: _Contents,
    parameters: Parameters,
    masked: bool,
    out: Path,
) -> None:
    build = contents.build
    for name, expression in contents.values.items():
        (folder / "data" / f"{name}.js").write_text(data_file(name, build, expression), encoding="utf-8")
    common = {
        "pages": _NAVIGATION,
        "run": run,
        "build": build,
        "masked": masked,
        "heights": contents.heights,
    }
    chosen = choices(connection, run.bodies, run.as_of, run.profiles)
    for page in parameters.within(PAGES):
        html = rendered(
            "page.html",
            page=page,
            places=places(),
            scripts=_page_scripts(page),
            choices=chosen,
            beside={name for section in page.sections for name, _ in section.files if (out / name).is_file()},
            **common,
        )
        (folder / f"{page.slug}.html").write_text(html, encoding="utf-8")
    for record in parameters.within(RECORDS):
        html = rendered("record.html", page=record, scripts=_RECORD_SCRIPTS, **common)
        (folder / f"{record.slug}.html").write_text(html, encoding="utf-8")


def _write_static(folder: Path) -> None:
    static = files("reports") / "static"
    for name in _STATIC:
        (folder / "static" / name).write_bytes((static / name).read_bytes())
    (folder / "static" / "plotly.min.js").write_bytes(
        (files("plotly") / "package_data" / "plotly.min.js").read_bytes()
    )


def build_dashboard(
    warehouse: Path,
    out: Path,
    progress: Progress | None = None,
    *,
    masked: bool = False,
    filings: Sequence[FilingRow] = (),
) -> Path:
    """Write the pages for `warehouse` (a published file, read only) as folder `out`; returns its index.html.

    `out` is replaced as a whole when all of it is written; a crash leaves the old folder. Files and folders in
    it that are not the pages' (exports, annual reports) stay. `filings`: what the ledger knows of submissions.
    `masked`: without names of people, for wider circulation.
    """
    say = progress or (lambda _: None)
    with replacing(out) as folder:
        for name in ("data", "static"):
            (folder / name).mkdir()
        with open_warehouse(warehouse) as connection:
            run = read_run(connection)
            register_filings(connection, filings)
            contents = _Contents()
            contents.values["site"] = script_value(
                {"asOf": run.as_of, "batch": run.batch_id, "places": places()}
            )
            parameters = read_parameters(connection)
            for page in parameters.within(PAGES):
                _read_page(connection, page, run, contents, say, masked)
            for record in parameters.within(RECORDS):
                say(f"页 {record.title}")
                contents.values.update(record_values(connection, record, contents.heights, masked=masked))
            _write_pages(connection, folder, run, contents, parameters, masked, out)
            rule_book = rule_book_html(
                read_rulebook(warehouse), read_outcomes(connection), run, pages=_NAVIGATION
            )
            (folder / f"{RULE_BOOK_SLUG}.html").write_text(rule_book, encoding="utf-8")
        _write_static(folder)
        kept_beside(out, folder)
    return out / "index.html"
