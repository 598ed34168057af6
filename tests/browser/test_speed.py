"""20,000 certificates: light enough to send, quick enough to use. Generous here, as test machines are busy."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.using import show, visit

pytestmark = pytest.mark.browser


def test_twenty_thousand_certificates_stay_light_and_quick(watched: Watched, large_folder: Path) -> None:
    """At home pages open in under 2 s and answer a search at once."""
    size = sum(path.stat().st_size for path in large_folder.rglob("*") if path.is_file())
    assert size < 25_000_000
    started = time.perf_counter()
    page = visit(watched, large_folder, "certificates", "go=certificates")
    show(page, "certificates")
    opened = time.perf_counter() - started
    search_ms, sort_ms = page.evaluate(
        """async () => {
            const store = new certhouse.Store(await certhouse.load("table-certificates"));
            const start = performance.now();
            const rows = store.find("科技 北京", {});
            const found = performance.now();
            store.sort(store.find("", {}), "-org_name");
            return [found - start, performance.now() - found];
        }"""
    )
    started = time.perf_counter()
    page = visit(watched, large_folder, "certificate", "id=C0019999")
    page.wait_for_selector("#life_line[data-ready]")
    record = time.perf_counter() - started
    assert opened < 6
    assert record < 6
    assert search_ms < 500
    assert sort_ms < 1500
