"""Every page, as loaded, on paper and on a telephone: quiet, complete, still, usable by everybody.

A visit looks at all of it at once: loading a page is what takes time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reports.dashboard.pages import PAGES, RECORDS
from tests.browser.conftest import Watched
from tests.browser.using import settle, until, visit

pytestmark = pytest.mark.browser

SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((one) => {
        if (!one.hadRecentInput) window.shifted += one.value;
    })).observe({ type: "layout-shift", buffered: true });
"""
TOWERS = """[...document.querySelectorAll("td .state")].filter((one) => one.getBoundingClientRect().height > 64)
    .map((one) => one.textContent)"""
"""States on a telephone that take more than three lines, as when a cell is squeezed to one character a line."""
RECORD_IDS = {"certificate": "id=C0000023", "auditor": "id=P0001"}
VISITS = [(page.slug, "") for page in PAGES] + [
    ("rulebook", ""),
    *((record.slug, RECORD_IDS[record.slug]) for record in RECORDS),
]


def violations(page: Any) -> list[str]:
    """What axe-core finds serious or critical, with the first place where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    # preload would fetch the style sheets, which the page's policy forbids.
    found = axe.run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [
        f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("slug", "fragment"), VISITS, ids=[slug for slug, _ in VISITS])
def test_page(watched: Watched, folder: Path, artifacts: Path, slug: str, fragment: str) -> None:
    page = watched.page
    page.add_init_script(SHIFTS)  # type: ignore[attr-defined]
    page = visit(watched, folder, slug, fragment)
    if slug != "rulebook":
        settle(page)
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.locator("#notice").is_hidden()
        assert page.locator("[data-figure] svg.main-svg").count() >= page.locator("[data-figure]").count()
    if fragment:
        until(page, "document.getElementById('record-head').children.length > 0")
    page.wait_for_timeout(300)
    assert "2026-11-15" in page.locator("header").inner_text()
    assert "b0b0b0b0b0b0b0b0" in page.locator("header").inner_text()
    assert page.evaluate("window.shifted") < 0.05
    assert violations(page) == []
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=artifacts / f"{slug}-1440.png", full_page=True)
    pdf = page.pdf(path=artifacts / f"{slug}-print.pdf", prefer_css_page_size=True, print_background=True)
    assert pdf.startswith(b"%PDF")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(400)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(TOWERS) == []
    page.screenshot(path=artifacts / f"{slug}-390.png", full_page=True)


def test_printed_figures_fit_the_paper(watched: Watched, folder: Path) -> None:
    """Printed without scrolling first: nothing may be missing or wider than the paper."""
    page = visit(watched, folder, "certificates")
    settle(page)
    widths = page.evaluate(
        "[...document.querySelectorAll('.plot svg.main-svg')].map((svg) => svg.clientWidth)"
    )
    assert widths
    assert max(widths) <= 700


def test_few_things_are_counted_in_whole_numbers(watched: Watched, folder: Path) -> None:
    """Two quarantined records, one of each kind: an axis with 0.5 records would be nonsense."""
    page = visit(watched, folder, "quality")
    settle(page)
    ticks = page.evaluate(
        "[...document.querySelectorAll('#quarantine_reasons .xtick text')].map((one) => one.textContent)"
    )
    assert ticks == ["0", "1"]


def test_an_empty_list_keeps_no_room(watched: Watched, folder: Path) -> None:
    """Reserved for rows that are not there, it was a blank third of a page."""
    page = visit(watched, folder, "submissions")
    settle(page)
    assert page.locator("#filings .count").inner_text() != ""
    assert page.evaluate("document.querySelector('#filings [data-content]').clientHeight") < 40


def test_everything_is_reached_by_keyboard(watched: Watched, folder: Path) -> None:
    """The first stop leads past the navigation; what can be clicked can be focused and has a name."""
    page = visit(watched, folder, "surveillance")
    settle(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("#surveillance th.c-due_on button").focus()
    page.keyboard.press("Enter")
    assert page.locator("#surveillance th.c-due_on").get_attribute("aria-sort") == "ascending"
    page.locator("#surveillance button.open").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#surveillance .detail-row").count() == 1
    unnamed = page.evaluate(
        """[...document.querySelectorAll('button, select, input, a')].filter((one) =>
            !one.textContent.trim() && !one.getAttribute('aria-label') && !one.labels?.length).length"""
    )
    assert unnamed == 0
