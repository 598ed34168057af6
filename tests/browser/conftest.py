"""Pages in headless Chromium, from the disk, as the department opens them.

This tier may use Debian's chromium and nothing from the network; it is skipped, saying so, without that.
Screenshots are left in the directory that CERTHOUSE_ARTIFACTS names, else in artifacts/, under browser/.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reports.dashboard import build_dashboard
from tests.support.published import write_published

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    if not CHROMIUM.exists():
        pytest.skip("chromium is not installed: apt-get install chromium fonts-noto-cjk")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_published(tmp_path_factory.mktemp("warehouse") / "published.duckdb")


@pytest.fixture(scope="session")
def folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_dashboard(warehouse, tmp_path_factory.mktemp("reports") / "2026-11-15").parent


@pytest.fixture(scope="session")
def large_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = write_published(tmp_path_factory.mktemp("large") / "published.duckdb", certificates=20_000)
    return build_dashboard(warehouse, tmp_path_factory.mktemp("reports") / "large").parent


@pytest.fixture(scope="session")
def artifacts() -> Path:
    place = Path(os.environ.get("CERTHOUSE_ARTIFACTS", "artifacts")) / "browser"
    place.mkdir(parents=True, exist_ok=True)
    return place


@dataclass
class Watched:
    """A page, and what it said and asked for that it should not have."""

    page: object
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def watched(browser: object) -> Iterator[Watched]:
    """A desktop page; the test fails if it wrote to the console or asked for anything outside its folder."""
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": 1440, "height": 900}, accept_downloads=True, locale="zh-CN"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    watch = Watched(page)
    page.on(
        "console",
        lambda message: watch.complaints.append(f"{message.type}: {message.text}"),
    )
    page.on("pageerror", lambda error: watch.complaints.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (watch.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:", "blob:"))
            else watch.complaints.append(f"request: {request.url}")
        ),
    )
    yield watch
    context.close()
    assert watch.complaints == []
