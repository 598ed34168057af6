"""The monitoring page as readers use it. Every test also fails on a console message or an outside request."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Watched
from tests.support.published import FORMULA_NAME, HOSTILE_NAME, PLANTED_MESSAGE, PLANTED_SUBJECT

pytestmark = pytest.mark.browser


def visit(watched: Watched, folder: Path, fragment: str = "") -> Any:
    page = watched.page
    page.goto(folder.as_uri() + "/index.html" + (f"#{fragment}" if fragment else ""))  # type: ignore[attr-defined]
    page.wait_for_selector("#surveillance tbody tr")  # type: ignore[attr-defined]
    return page


def until(page: Any, expression: str, arg: Any = None) -> None:
    """Wait until `expression` holds. playwright's own waiting uses eval, which the page's policy forbids."""
    deadline = time.monotonic() + 20
    while not page.evaluate(expression, arg):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(50)


def show(page: Any, table: str) -> Any:
    """Scroll to a table and wait until it is there."""
    page.locator(f"#{table}").scroll_into_view_if_needed()
    page.wait_for_selector(f"#{table} tbody tr")
    return page.locator(f"#{table}")


def column(page: Any, table: str, key: str) -> list[str]:
    return page.locator(f"#{table} tbody td.c-{key}").all_inner_texts()


def search(page: Any, table: str, words: str) -> None:
    page.locator(f"#{table} input[type=search]").fill(words)
    until(page, "(key) => location.hash.includes(key)", arg=f"{table}.q=")


def show_all(page: Any) -> None:
    """Bring every block into view, so that all of the page is loaded and drawn."""
    for block in page.query_selector_all("[data-table], [data-figure]"):
        block.scroll_into_view_if_needed()
        page.wait_for_timeout(50)
    until(page, "document.querySelectorAll('[data-content].waiting').length === 0")
    until(page, "!document.querySelector('[data-figure]:not([data-ready])')")


def test_everything_loads_and_is_drawn(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    show_all(page)
    assert page.locator("[data-figure] svg.main-svg").count() >= page.locator("[data-figure]").count()
    assert "2026-11-15" in page.locator("header").inner_text()
    assert "b0b0b0b0b0b0b0b0" in page.locator("header").inner_text()
    assert page.locator("#notice").is_hidden()


def test_sorting_turns_with_each_click(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
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
    page = visit(watched, folder)
    head = page.locator("#surveillance th.c-days_overdue button")
    for _ in range(2):
        head.click()
        assert column(page, "surveillance", "days_overdue")[0] != "–"


@pytest.mark.parametrize("words", ["data科技", "ＤＡＴＡ", "晨光 北京"])
def test_search_finds_chinese_and_full_width_text(watched: Watched, folder: Path, words: str) -> None:
    """晨光（北京）Ｄａｔａ科技有限公司 is found however it is typed."""
    page = visit(watched, folder)
    show(page, "certificates")
    search(page, "certificates", words)
    assert column(page, "certificates", "org_name") == ["晨光（北京）Ｄａｔａ科技有限公司"]


def test_filters_narrow_and_are_cleared(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    show(page, "certificates")
    page.locator("#certificates select").nth(1).select_option("suspended")
    assert {text.split()[-1] for text in column(page, "certificates", "status")} == {"暂停"}
    assert "全部 200 条" in page.locator("#certificates .count").inner_text()
    page.get_by_role("button", name="清除条件").locator("visible=true").first.click()
    assert "共 200 条" in page.locator("#certificates .count").inner_text()


def test_the_address_brings_the_view_back(watched: Watched, folder: Path) -> None:
    """A view that was found once is sent to a colleague as an address."""
    page = visit(watched, folder)
    show(page, "findings")
    search(page, "findings", "C00")
    page.locator("#findings select").first.select_option("warning")
    page.locator("#findings th.c-subject_id button").click()
    page.locator("#findings th.c-subject_id button").click()
    found = column(page, "findings", "subject_id")
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    show(page, "findings")
    assert column(page, "findings", "subject_id") == found
    assert page.locator("#findings input[type=search]").input_value() == "C00"
    assert page.locator("#findings select").first.input_value() == "warning"


def test_pages_turn(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    show(page, "certificates")
    first = column(page, "certificates", "certificate_id")
    page.locator("#certificates").get_by_role("button", name="下一页").click()
    second = column(page, "certificates", "certificate_id")
    assert len(first) == len(second) == 20
    assert not set(first) & set(second)


def test_csv_has_what_is_listed_and_runs_no_formula(watched: Watched, folder: Path) -> None:
    """A client's name that begins with = must not be run by the spreadsheet of whoever opens the file."""
    page = visit(watched, folder)
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


def test_csv_cells_that_spreadsheets_would_run(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    written = page.evaluate(
        r"""certhouse.csv.text(["h"], ["=1", "+1", "-1", "@x", "\tx", "\rx", "a\"b", "x,y"]
            .map((value) => [{ value }]).concat([[{ value: -1, number: true }], [{ value: null }]]))"""
    )
    rows = [row[0] if row else "" for row in csv.reader(io.StringIO(written.lstrip("\ufeff"), newline=""))]
    assert rows == ["h", "'=1", "'+1", "'-1", "'@x", "'\tx", "'\rx", 'a"b', "x,y", "-1", ""]


def test_a_planted_finding_appears_with_its_message_and_evidence(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    show(page, "findings")
    search(page, "findings", PLANTED_SUBJECT)
    assert column(page, "findings", "message") == [PLANTED_MESSAGE]
    page.locator("#findings button.open").click()
    detail = page.locator("#findings .detail-row").inner_text()
    assert "<script>alert(3)</script>" in detail


def test_a_count_leads_to_its_findings(watched: Watched, folder: Path) -> None:
    """Every number leads to its records, and there are as many of them."""
    page = visit(watched, folder)
    show(page, "rules")
    cell = page.locator("#rules tbody tr").first.locator("td.c-breach a")
    count = int(cell.inner_text())
    rule = page.locator("#rules tbody tr").first.locator("td.c-rule_id").inner_text()
    cell.click()
    page.wait_for_selector("#findings tbody tr")
    until(page, "document.querySelector('#findings .count').textContent.includes('全部')")
    assert f"共 {count} 条" in page.locator("#findings .count").inner_text()
    assert set(column(page, "findings", "rule_id")) == {rule}


def test_a_bar_leads_to_its_findings(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    page.locator("#findings_by_clause").scroll_into_view_if_needed()
    page.wait_for_selector("#findings_by_clause[data-ready] .barlayer .point path")
    page.wait_for_timeout(500)  # blocks above are drawn and move it
    bar = page.locator("#findings_by_clause .barlayer .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    until(page, "location.hash.includes('findings.clause')")
    page.wait_for_selector("#findings tbody tr")
    assert "findings.clause=3.9" in page.url
    assert set(column(page, "findings", "clause")) == {"3.9"}
    assert {text.split()[-1] for text in column(page, "findings", "state")} == {"不符合"}


def test_indicators_lead_to_as_many_records_as_they_say(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    for name in page.eval_on_selector_all("[data-indicator]", "all => all.map(one => one.dataset.indicator)"):
        if name == "bodies_over":
            continue  # leads to all bodies: the comparison is the point
        item = page.locator(f"[data-indicator={name}]")
        count = item.locator("b").inner_text()
        target = item.locator("a").get_attribute("href").split("go=")[1].split("&")[0]
        item.locator("a").click()
        page.wait_for_selector(f"#{target} tbody tr")
        said = page.locator(f"#{target} .count").inner_text()
        assert f"共 {count} 条" in said or name == "checks_failed", (name, count, said)


def test_the_choice_of_body_holds_for_numbers_tables_and_figures(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    show(page, "certificates")
    everywhere = int(page.locator("[data-indicator=valid] b").inner_text())
    page.locator("#body-choice").select_option("B2")
    assert 0 < int(page.locator("[data-indicator=valid] b").inner_text()) < everywhere
    assert set(column(page, "certificates", "body_name")) == {"<b>南方</b>认证 & 检验中心"}
    until(page, "location.hash.includes('body=B2')")
    assert page.locator("[data-indicator=quarantined]").is_hidden()
    show(page, "bodies")
    assert len(column(page, "bodies", "body_name")) == 1
    page.locator("#body_capacity").scroll_into_view_if_needed()
    page.wait_for_selector("#body_capacity[data-ready]")
    assert page.locator("#body_capacity [data-words]").inner_text() == "1 家机构中超过上限 1 家。"


def test_every_figure_has_a_table_with_the_same_numbers(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    figures = page.locator("[data-figure]")
    for at in range(figures.count()):
        figure = figures.nth(at)
        figure.scroll_into_view_if_needed()
        page.wait_for_selector(f"#{figure.get_attribute('id')}[data-ready]")
        figure.locator("summary").click()
        page.wait_for_selector(f"#{figure.get_attribute('id')} details tbody tr")
        assert "单位" in figure.locator("figcaption").inner_text()
        assert "2026-11-15" in figure.locator("figcaption").inner_text()


def test_markup_typed_by_clients_is_text(watched: Watched, folder: Path) -> None:
    """A dialog or an image would mean that a client's text ran in the department's browser."""
    page = visit(watched, folder)
    show(page, "certificates")
    search(page, "certificates", "onerror")
    assert column(page, "certificates", "org_name") == [HOSTILE_NAME.replace("\u2028", "\n")] or (
        "<script>alert(2)</script>" in column(page, "certificates", "org_name")[0]
    )
    show_all(page)
    assert page.locator("main img").count() == 0


def test_a_hostile_address_does_no_harm(watched: Watched, folder: Path) -> None:
    """The address comes from a mail: it may hold anything."""
    page = visit(
        watched,
        folder,
        "go=%3Cimg%3E&body=%3Cscript%3E&surveillance.sort=__proto__&findings.page=-5&findings.x=1",
    )
    show(page, "findings")
    assert page.locator("#findings tbody tr").count() == 20


def test_the_page_is_used_without_a_mouse(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
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


def test_twenty_thousand_certificates_stay_quick(watched: Watched, large_folder: Path) -> None:
    """Opens in under 2 s and answers a search at once; generous here, as test machines are busy."""
    size = sum(path.stat().st_size for path in large_folder.rglob("*") if path.is_file())
    assert size < 25_000_000
    started = time.perf_counter()
    page = visit(watched, large_folder)
    opened = time.perf_counter() - started
    show(page, "certificates")
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
    assert opened < 6
    assert search_ms < 500
    assert sort_ms < 1500


def test_a_missing_file_is_named(watched: Watched, folder: Path, tmp_path: Path) -> None:
    """A folder copied incompletely must say so, not show an empty page."""
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "data" / "table-surveillance.js").unlink()
    page = watched.page
    page.goto(copy.as_uri() + "/index.html")  # type: ignore[attr-defined]
    page.wait_for_selector("#notice:not([hidden])")  # type: ignore[attr-defined]
    assert "table-surveillance.js" in page.locator("#notice").inner_text()  # type: ignore[attr-defined]
    watched.complaints.clear()


@pytest.mark.parametrize(("name", "width", "height"), [("desktop", 1440, 900), ("mobile", 390, 844)])
def test_screenshots(
    watched: Watched, folder: Path, artifacts: Path, name: str, width: int, height: int
) -> None:
    """Pictures to look at, and no sideways scrolling of the page itself."""
    page = watched.page
    page.set_viewport_size({"width": width, "height": height})  # type: ignore[attr-defined]
    page = visit(watched, folder)
    show_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=artifacts / f"{name}.png", full_page=True)


def test_print_has_every_table_and_figure(watched: Watched, folder: Path, artifacts: Path) -> None:
    """Printed without scrolling first: nothing may be missing or wider than the paper."""
    page = visit(watched, folder)
    page.evaluate("certhouse.prepareForPrint()")
    until(page, "!document.querySelector('[data-figure]:not([data-ready]), .waiting')")
    widths = page.evaluate(
        "[...document.querySelectorAll('.plot svg.main-svg')].map((svg) => svg.clientWidth)"
    )
    assert widths
    assert max(widths) <= 700
    pdf = page.pdf(path=artifacts / "print.pdf", prefer_css_page_size=True, print_background=True)
    assert pdf.startswith(b"%PDF")
