"""The pages 规则符合性, 上报 and 数据质量 as readers use them. A console message or outside request fails each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.using import choose, click_bar, column, count, show, until, visit
from tests.support.published import PLANTED_FOUND, PLANTED_SUBJECT

pytestmark = pytest.mark.browser


def test_from_a_bar_to_the_finding_its_evidence_and_its_clause(watched: Watched, folder: Path) -> None:
    """The whole drill: a bar opens exactly its findings; a finding says why, on which record, against which rule."""
    page = visit(watched, folder, "rules")
    click_bar(page, "frequent_findings")
    until(page, "location.hash.includes('findings.state=breach')")
    page.wait_for_selector("#findings tbody tr")
    assert len(set(column(page, "findings", "rule_id"))) == 1
    assert set(column(page, "findings", "state")) == {"● 不符合"}

    visit(watched, folder, "rules", f"go=findings&findings.q={PLANTED_SUBJECT}")
    until(page, "(id) => document.querySelector('#findings tbody')?.innerText.includes(id)", PLANTED_SUBJECT)
    row = page.locator("#findings tbody tr", has_text=PLANTED_FOUND)
    assert row.count() == 1
    assert row.locator("td.c-clause a").get_attribute("href") == "rulebook.html#R6.2.1"
    assert row.locator("td.c-subject_label a").get_attribute("href") == "certificate.html#id=C0000001"
    row.locator("button.open").click()
    detail = page.locator("#findings .detail-row").inner_text()
    for words in ("实际日期", "2029-04-02", "依据", "证书标识（内部）", "<script>alert(3)</script>"):
        assert words in detail


def test_rules_are_counted_for_the_chosen_body(watched: Watched, folder: Path) -> None:
    """Without a choice a rule stands once, with everybody's numbers; with one it has that body's."""
    page = visit(watched, folder, "rules", "go=rules")
    show(page, "rules")
    together = column(page, "rules", "rule_id")
    assert len(together) == len(set(together)) == count(page, "rules")
    everybody = column(page, "rules", "breach")
    choose(page, "body", "B3")
    until(
        page, "![...document.querySelectorAll('#rules td.c-breach')].some((cell) => cell.innerText !== '0')"
    )
    assert sorted(column(page, "rules", "rule_id")) == sorted(together)
    assert any(number != "0" for number in everybody)


def test_what_is_overdue_is_what_the_number_says(watched: Watched, folder: Path) -> None:
    """From the number at the head to its list, each line with the next step."""
    page = visit(watched, folder, "submissions")
    item = page.locator("[data-indicator=report_overdue]")
    until(page, "document.querySelector('[data-indicator=report_overdue] b').innerText !== '…'")
    number = int(item.locator("b").inner_text())
    item.locator("a").click()
    show(page, "obligations")
    assert count(page, "obligations") == number > 0
    assert set(column(page, "obligations", "urgency")) == {"● 已逾期"}
    assert all(column(page, "obligations", "next_step"))


def test_a_ledger_without_files_is_said(watched: Watched, folder: Path) -> None:
    """No file yet is an answer; and no link to a calendar file that is not there."""
    page = visit(watched, folder, "submissions")
    page.locator("#filings").scroll_into_view_if_needed()
    until(page, "document.querySelector('#filings .count')?.innerText.includes('台账中还没有上报文件')")
    assert page.locator("a[href$='.ics']").count() == 0


def test_a_quarantined_row_and_what_it_could_change(watched: Watched, folder: Path) -> None:
    """File, line, column, what to do; and from the number of rules to the rules themselves."""
    page = visit(watched, folder, "quality")
    show(page, "quarantine")
    row = page.locator("#quarantine tbody tr", has_text="26-3-5")
    for words in ("certificate.csv", "17", "issued_on", "C9"):
        assert words in row.inner_text()
    show(page, "quarantine_impact")
    page.locator("#quarantine_impact td.c-rules a").click()
    show(page, "lineage")
    until(page, "document.querySelectorAll('#lineage tbody tr').length === 1")
    assert column(page, "lineage", "rule_id") == ["R6.2.1"]
