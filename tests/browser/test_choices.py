"""The choices at the head of every page: kept from page to page, followed by tables, figures and numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from reports.dashboard.blocks import Figure
from reports.dashboard.filings import register_filings
from reports.dashboard.pages import PAGES
from reports.dashboard.values import figure_frame
from reports.figures.summary import Summary, Words
from reports.parameters import read_parameters
from reports.warehouse import open_warehouse
from tests.browser.conftest import Watched
from tests.browser.using import choose, click_bar, column, count, settle, show, until, visit

pytestmark = pytest.mark.browser

LIVE = [figure for page in PAGES for figure in page.figures if figure.drawing.is_live]


def test_a_choice_holds_for_numbers_tables_and_figures_of_all_pages(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    settle(page)
    everywhere = int(page.locator("[data-indicator=valid] b").inner_text())
    choose(page, "body", "B2")
    here = int(page.locator("[data-indicator=valid] b").inner_text())
    assert 0 < here < everywhere
    assert "未按认证机构筛选" in page.locator("[data-indicator=quarantined]").inner_text()
    page.get_by_role("navigation").get_by_role("link", name="证书").click()
    until(page, "location.pathname.endsWith('certificates.html')")
    assert "body=B2" in page.url
    assert page.locator("#filter-body").input_value() == "B2"
    table = show(page, "certificates")
    assert set(column(page, "certificates", "body_name")) == {"<b>南方</b>认证 & 检验中心"}
    table.locator("select").nth(1).select_option("valid")
    table.locator("select").first.select_option("ITSMS")
    assert count(page, "certificates") == here
    words = show(page, "certificate_status").locator("[data-words]")
    until(page, "document.querySelector('#certificate_status[data-ready]') !== null")
    assert f"有效 {here} 张" in words.inner_text()


def test_region_scope_and_period_narrow_what_has_them(watched: Watched, folder: Path) -> None:
    """What cannot follow a choice says so: a number that looks filtered and is not is worse than none."""
    page = visit(watched, folder, "certificates", "region=11&scope=04.01&period=2029-03..2029-10")
    show(page, "certificates")
    narrowed = count(page, "certificates")
    assert 0 < narrowed < 200
    assert page.locator("#filter-period option:checked").inner_text() == "2029-03 至 2029-10"
    assert all("2029-03" <= text[:7] <= "2029-10" for text in column(page, "certificates", "expires_on"))
    settle(page)
    assert page.locator("#certificates [data-unfollowed]").is_hidden()
    assert "期间" in page.locator("#certificate_status [data-unfollowed]").inner_text()
    page.locator("#choices-clear").click()
    until(page, "!location.hash.includes('region')")
    assert count(page, "certificates") == 200
    assert page.locator("#certificate_status [data-unfollowed]").is_hidden()


def test_a_bar_leads_to_as_many_records_as_it_says(watched: Watched, folder: Path) -> None:
    """From the figure of one body's region to exactly its certificates."""
    page = visit(watched, folder, "certificates", "region=12")
    click_bar(page, "certificate_status")
    until(page, "location.hash.includes('certificates.status=valid')")
    assert "region=12" in page.url
    show(page, "certificates")
    shown = count(page, "certificates")
    figure = page.locator("#certificate_status")
    figure.locator("summary").click()
    figure.locator("tbody tr").first.wait_for()
    cells = figure.locator("tbody tr").first.locator("td.number").all_inner_texts()
    assert shown == sum(map(int, cells)) > 0


def test_choices_survive_a_look_into_the_rule_book(watched: Watched, folder: Path) -> None:
    """From a finding of one body to its clause and back: still that body."""
    page = visit(watched, folder, "rules", "body=B2")
    show(page, "findings")
    page.locator("#findings td.c-clause a").first.click()
    page.wait_for_selector("#words")
    page.get_by_role("navigation").get_by_role("link", name="总览").first.click()
    until(page, "location.pathname.endsWith('index.html')")
    settle(page)
    assert page.locator("#filter-body").input_value() == "B2"


def test_numbers_of_the_overview_lead_to_as_many_records(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    settle(page)
    items = page.eval_on_selector_all(
        "[data-indicator]",
        "all => all.map(one => [one.dataset.indicator, one.querySelector('b').textContent,"
        " one.querySelector('a').getAttribute('href')])",
    )
    for name, said, href in items:
        if name == "bodies_over":
            continue  # leads to all bodies: the comparison is the point
        slug, fragment = href.split(".html#")
        page = visit(watched, folder, slug, fragment)
        target = fragment.split("go=")[1].split("&")[0]
        show(page, target)
        assert count(page, target) == int(said.replace(",", "")), name


def test_the_worklist_leads_to_records(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    show(page, "worklist")
    assert column(page, "worklist", "urgency")[0].split()[-1] == "已逾期或超限"
    page.locator("#worklist select").nth(1).select_option("surveillance")
    page.locator("#worklist td.c-subject a").first.click()
    until(page, "location.pathname.endsWith('certificate.html')")
    until(page, "document.getElementById('record-head').children.length > 0")
    assert page.locator("#certificate_surveillance tbody tr").count() > 0


@pytest.fixture(scope="module")
def connection(warehouse: Path) -> Any:
    with open_warehouse(warehouse) as opened:
        register_filings(opened, ())
        yield opened


def test_live_figures_are_what_python_draws(
    watched: Watched, folder: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """Rows, sentence and marks are worked out in the browser: for all and for one body as Python does."""
    page = visit(watched, folder, "certificates")
    parameters = read_parameters(connection)
    for described in LIVE:
        figure = parameters.within(described)
        frame = figure_frame(connection, figure)
        if frame.empty:
            continue
        page_of = next(one for one in PAGES if described in one.figures)
        for body in ("", "B1"):
            if body and "body_id" not in frame:
                continue
            expected = _drawn(figure, frame[frame["body_id"] == body] if body else frame, frame)
            found = page.evaluate(
                """async ([name, body]) => {
                    history.replaceState(null, "", body ? "#body=" + body : "#");
                    const { live: data } = await certhouse.load("figure-" + name);
                    const rows = certhouse.live.summarise(data, certhouse.filters.mask(data, certhouse.live.masking(data)));
                    const drawn = certhouse.live.figure(data, rows);
                    return { rows: rows.length, words: certhouse.live.words(data, rows),
                        traces: drawn ? drawn.data.map((one) => [one.x ?? null, one.y ?? null, one.customdata ?? null]) : null };
                }""",
                [figure.name, body],
            )
            assert found == expected, (page_of.slug, figure.name, body)


def _drawn(figure: Figure, frame: Any, whole: Any) -> dict[str, Any]:
    """The browser keeps the months of the whole frame, so that the axis stands still."""
    summary, words = figure.drawing.summarise, figure.drawing.describe
    assert isinstance(summary, Summary)
    assert isinstance(words, Words)
    table = summary.within(frame, whole)
    if not len(table):
        return {"rows": 0, "words": words.empty, "traces": None}
    traces = json.loads(figure.drawing.draw(table).to_json(engine="json"))["data"]
    return {
        "rows": len(table),
        "words": words(table),
        "traces": [[_listed(one, "x"), _listed(one, "y"), _listed(one, "customdata")] for one in traces],
    }


def _listed(trace: dict[str, Any], name: str) -> Any:
    return trace.get(name)
