"""The rule book as readers use it. Every test also fails on a console message or an outside request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Watched
from tests.browser.using import column, until

pytestmark = pytest.mark.browser


def visit(watched: Watched, folder: Path, fragment: str = "") -> Any:
    page = watched.page
    page.goto(folder.as_uri() + "/rulebook.html" + (f"#{fragment}" if fragment else ""))  # type: ignore[attr-defined]
    page.wait_for_selector("#words")  # type: ignore[attr-defined]
    return page


def shown(page: Any, selector: str) -> list[str]:
    return page.evaluate(
        "(selector) => [...document.querySelectorAll(selector)]"
        ".filter((place) => place.offsetParent).map((place) => place.id)",
        selector,
    )


def search(page: Any, words: str) -> None:
    page.locator("#words").fill(words)
    page.wait_for_timeout(300)


def test_search_narrows_and_is_cleared(watched: Watched, folder: Path) -> None:
    """The chapter's heading stays above what is found in it; the rest is gone until cleared."""
    page = visit(watched, folder)
    all_rules = shown(page, "[data-rule]")
    assert page.locator("#count").inner_text() == "共 7 条条款、7 条规则"
    search(page, "ｒ3.9-Ａ 天数")
    assert shown(page, "[data-rule]") == ["R3.9-a"]
    assert page.locator("#count").inner_text() == "找到 1 条条款、1 条规则"
    assert page.get_by_role("heading", name="3 基本要求", exact=True).is_visible()
    assert page.get_by_role("heading", name="附录 A").is_hidden()
    search(page, "没有这样的词")
    assert shown(page, "[data-part]") == []
    page.get_by_role("button", name="清除条件").click()
    assert shown(page, "[data-rule]") == all_rules


def test_clauses_by_how_they_are_decided_and_rules_with_findings(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    page.get_by_role("button", name="人工判断").click()
    assert page.locator("#count").inner_text() == "找到 1 条条款、0 条规则"
    page.get_by_role("button", name="人工判断").click()
    page.get_by_label("只看有发现的规则").check()
    assert shown(page, "[data-rule]") == [
        "R3.9-a",
        "R5.4.1.4-a",
        "R5.10.3",
        "R6.2.1",
        "R9.2",
        "ICAS-6.7.1.1",
    ]


def test_a_count_leads_to_its_findings_and_back(watched: Watched, folder: Path) -> None:
    """From a number to the records it counts, and from a record to the rule it breaks."""
    page = visit(watched, folder)
    number = page.locator("#R6\\.2\\.1 .state-breach a")
    count = int(number.locator("b").inner_text())
    number.click()
    page.wait_for_selector("#findings tbody tr")
    assert f"共 {count} 条" in page.locator("#findings .count").inner_text()
    assert set(column(page, "findings", "rule_id")) == {"R6.2.1"}
    assert {text.split()[-1] for text in column(page, "findings", "state")} == {"不符合"}
    page.locator("#findings td.c-clause a").first.click()
    page.wait_for_selector("#words")
    assert page.url.endswith("/rulebook.html#R6.2.1")
    until(page, "Math.abs(document.getElementById('R6.2.1').getBoundingClientRect().top) < 400")


def test_a_link_to_what_is_filtered_out_brings_it_back(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    search(page, "R3.9-a")
    page.get_by_role("navigation", name="目录").get_by_role("link", name="附录 A 业务范围").click()
    until(page, "document.getElementById('clause-附录-A').offsetParent !== null")
    assert page.locator("#words").input_value() == ""


def test_evidence_is_in_chinese(watched: Watched, folder: Path) -> None:
    """A column name says nothing to the department; markup in a value stays text."""
    page = watched.page
    page.goto(folder.as_uri() + "/rules.html#go=findings&findings.q=C-PLANTED")  # type: ignore[attr-defined]
    page.wait_for_selector("#findings tbody tr")  # type: ignore[attr-defined]
    page.locator("#findings button.open").first.click()  # type: ignore[attr-defined]
    evidence = page.locator("#findings .evidence").inner_text()  # type: ignore[attr-defined]
    assert evidence.split("\n") == ["证书标识（内部）", "C-PLANTED", "note", "<script>alert(3)</script>"]
