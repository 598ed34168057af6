"""What a reader does on a page: opening, searching, scrolling to a table, reading a column."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from tests.browser.conftest import Watched

SETTLED = (
    "!document.querySelector('[data-content].waiting, [data-figure]:not([data-ready])')"
    " && ![...document.querySelectorAll('[data-indicator] b')].some((one) => one.textContent === '…')"
)


def visit(watched: Watched, folder: Path, page_name: str = "index", fragment: str = "") -> Any:
    """Open a page by its address; every further visit is a page load too."""
    page = watched.page
    page.goto("about:blank")  # type: ignore[attr-defined]
    page.goto(f"{folder.as_uri()}/{page_name}.html" + (f"#{fragment}" if fragment else ""))  # type: ignore[attr-defined]
    return page


def until(page: Any, expression: str, arg: Any = None) -> None:
    """Wait until `expression` holds. playwright's own waiting uses eval, which the page's policy forbids."""
    deadline = time.monotonic() + 20
    while not page.evaluate(expression, arg):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(30)


def show(page: Any, name: str) -> Any:
    """Scroll to a block and wait until it is there."""
    page.wait_for_selector(f"#{name}")
    page.locator(f"#{name}").scroll_into_view_if_needed()
    until(
        page,
        "(name) => document.querySelector(`#${name} tbody tr, #${name}[data-ready], #${name} .count`) !== null",
        name,
    )
    return page.locator(f"#{name}")


def settle(page: Any) -> None:
    """Everything of the page is loaded and drawn, as when printing. After a click the scripts may be yet to come."""
    until(page, "document.readyState === 'complete' && typeof certhouse !== 'undefined'")
    page.evaluate("certhouse.prepareForPrint && certhouse.prepareForPrint().then(() => 0)")
    until(page, SETTLED)


def column(page: Any, table: str, key: str) -> list[str]:
    return page.locator(f"#{table} tbody td.c-{key}").all_inner_texts()


def count(page: Any, table: str) -> int:
    """How many records the table lists, as it says."""
    text = page.locator(f"#{table} [role=status].count").inner_text()
    return int(text.split("共 ")[1].split(" 条")[0].replace(",", "")) if "共 " in text else 0


def search(page: Any, table: str, words: str) -> None:
    page.locator(f"#{table} input[type=search]").fill(words)
    until(page, "(key) => location.hash.includes(key)", f"{table}.q=")


def choose(page: Any, name: str, value: str) -> None:
    """A choice at the head of the page."""
    page.locator(f"#filter-{name}").select_option(value)
    until(page, "(key) => location.hash.includes(key)", f"{name}=")


def click_bar(page: Any, figure: str, bar: int = 0) -> None:
    """Click in the middle of a bar of a figure."""
    show(page, figure)
    until(page, SETTLED.split(" && ")[0])
    found = page.locator(f"#{figure} .barlayer .point path").nth(bar)
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
