"""Tables as readers use them. Every test also fails on a console message or an outside request."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.using import column, count, search, show, until, visit
from tests.support.published import FORMULA_NAME, HOSTILE_NAME

pytestmark = pytest.mark.browser


def test_sorting_turns_with_each_click(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder, "auditors")
    show(page, "auditors")
    head = page.locator("#auditors th.c-rolling_max_days")
    head.locator("button").click()
    up = [float(text) for text in column(page, "auditors", "rolling_max_days")]
    assert head.get_attribute("aria-sort") == "ascending"
    assert up == sorted(up)
    head.locator("button").click()
    down = [float(text) for text in column(page, "auditors", "rolling_max_days")]
    assert head.get_attribute("aria-sort") == "descending"
    assert down == sorted(down, reverse=True)


def test_nothing_sorts_last_both_ways(watched: Watched, folder: Path) -> None:
    """An empty cell on top of a list hides what the reader sorted for."""
    page = visit(watched, folder, "surveillance")
    show(page, "surveillance")
    head = page.locator("#surveillance th.c-days_overdue button")
    for _ in range(2):
        head.click()
        assert column(page, "surveillance", "days_overdue")[0] != "–"


def test_search_finds_chinese_and_full_width_text(watched: Watched, folder: Path) -> None:
    """晨光（北京）Ｄａｔａ科技有限公司 is found however it is typed."""
    page = visit(watched, folder, "certificates")
    show(page, "certificates")
    for words in ("data科技", "ＤＡＴＡ", "晨光 北京"):
        search(page, "certificates", words)
        until(page, "document.querySelectorAll('#certificates tbody tr').length === 1")
        assert column(page, "certificates", "org_name") == ["晨光（北京）Ｄａｔａ科技有限公司"]


def test_filters_narrow_and_are_cleared(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder, "certificates")
    show(page, "certificates")
    page.locator("#certificates select").nth(1).select_option("suspended")
    assert {text.split()[-1] for text in column(page, "certificates", "status")} == {"暂停"}
    assert "全部 200 条" in page.locator("#certificates .count").inner_text()
    page.locator("#certificates").get_by_role("button", name="清除条件").click()
    assert count(page, "certificates") == 200


def test_the_address_brings_the_view_back(watched: Watched, folder: Path) -> None:
    """A view that was found once is sent to a colleague as an address."""
    page = visit(watched, folder, "certificates")
    show(page, "certificates")
    search(page, "certificates", "C00")
    page.locator("#certificates select").nth(1).select_option("valid")
    page.locator("#certificates th.c-expires_on button").click()
    page.locator("#certificates th.c-expires_on button").click()
    page.locator("#filter-body").select_option("B1")
    until(page, "location.hash.includes('body=B1')")
    page.locator("#certificates").get_by_role("button", name="下一页").click()
    found, address = column(page, "certificates", "certificate_id"), page.url
    page.goto("about:blank")
    page.goto(address)
    show(page, "certificates")
    assert column(page, "certificates", "certificate_id") == found
    assert page.locator("#certificates input[type=search]").input_value() == "C00"
    assert page.locator("#filter-body").input_value() == "B1"


def test_csv_has_what_is_listed_and_runs_no_formula(watched: Watched, folder: Path) -> None:
    """A client's name that begins with = must not be run by the spreadsheet of whoever opens the file."""
    page = visit(watched, folder, "certificates")
    show(page, "certificates")
    with page.expect_download() as download:
        page.locator("#certificates").get_by_role("button", name="导出 CSV").click()
    assert download.value.suggested_filename == "证书名录-2026-11-15.csv"
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    names = [row["获证组织"] for row in rows]
    assert len(rows) == 200
    assert "'" + FORMULA_NAME in names
    assert HOSTILE_NAME in names
    assert not [name for name in names if name[:1] in "=+-@\t\r"]
    search(page, "certificates", "晨光")
    with page.expect_download() as narrowed:
        page.locator("#certificates").get_by_role("button", name="导出 CSV").click()
    assert len(Path(narrowed.value.path()).read_text(encoding="utf-8-sig").splitlines()) == 2
    written = page.evaluate(
        r"""certhouse.csv.text(["h"], ["=1", "+1", "-1", "@x", "\tx", "\rx", "a\"b", "x,y"]
            .map((value) => [{ value }]).concat([[{ value: -1, number: true }], [{ value: null }]]))"""
    )
    cells = [row[0] if row else "" for row in csv.reader(io.StringIO(written.lstrip("\ufeff"), newline=""))]
    assert cells == ["h", "'=1", "'+1", "'-1", "'@x", "'\tx", "'\rx", 'a"b', "x,y", "-1", ""]


def test_markup_typed_by_clients_is_text(watched: Watched, folder: Path) -> None:
    """A dialog or an image would mean that a client's text ran in the department's browser."""
    page = visit(watched, folder, "certificates")
    show(page, "certificates")
    search(page, "certificates", "onerror")
    until(page, "document.querySelectorAll('#certificates tbody tr').length === 1")
    assert "<script>alert(2)</script>" in column(page, "certificates", "org_name")[0]
    page.locator("#certificates td.c-certificate_id a").click()
    until(page, "document.getElementById('record-head')?.children.length > 0")
    assert "<script>alert(2)</script>" in page.locator("#record-title").inner_text()
    assert page.locator("main img").count() == 0


def test_a_hostile_address_does_no_harm(watched: Watched, folder: Path) -> None:
    """The address comes from a mail: it may hold anything."""
    page = visit(
        watched,
        folder,
        "rules",
        "go=%3Cimg%3E&body=%3Cscript%3E&period=%3Cimg%3E&region=__proto__&findings.sort=__proto__"
        "&findings.page=-5&findings.x=1",
    )
    show(page, "findings")
    assert page.locator("#findings tbody tr").count() == 20
    page = visit(watched, folder, "certificate", "id=%3Cimg%20src%3Dx%3E&go=__proto__")
    until(page, "document.getElementById('record-title').textContent.includes('<img src=x>')")


def test_a_missing_file_is_named(watched: Watched, folder: Path, tmp_path: Path) -> None:
    """A folder copied incompletely must say so, not show an empty page."""
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "data" / "table-certificates.js").unlink()
    page = visit(watched, copy, "certificates", "go=certificates")
    page.wait_for_selector("#notice:not([hidden])")
    assert "table-certificates.js" in page.locator("#notice").inner_text()
    watched.complaints.clear()
