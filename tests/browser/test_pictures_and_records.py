"""Pictures of figures, and the page of one certificate."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.warehouse import open_warehouse
from tests.browser.conftest import Watched
from tests.browser.using import column, settle, show, until, visit

pytestmark = pytest.mark.browser

PNG = b"\x89PNG\r\n\x1a\n"


def test_a_figure_is_saved_as_a_picture(watched: Watched, folder: Path, artifacts: Path) -> None:
    """Offline, from a disk; named after figure and day, large enough for a slide."""
    page = visit(watched, folder, "certificates", "region=12")
    show(page, "certificate_flow")
    until(page, "document.querySelector('#certificate_flow[data-ready]') !== null")
    with page.expect_download() as download:
        page.locator("#certificate_flow").get_by_role("button", name="保存为图片").click()
    assert download.value.suggested_filename == "ITSMS 证书每月增减-2026-11-15.png"
    picture = Path(download.value.path()).read_bytes()
    assert picture.startswith(PNG)
    assert int.from_bytes(picture[16:20]) == 2000
    (artifacts / "picture.png").write_bytes(picture)


def test_every_figure_has_a_table_a_unit_a_source_and_a_day(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder, "certificates")
    settle(page)
    for figure in page.locator("[data-figure]").all():
        figure.locator("summary").click()
        figure.locator("details tbody tr").first.wait_for()
        caption = figure.locator("figcaption").inner_text()
        assert all(word in caption for word in ("单位", "来源", "2026-11-15"))


def test_a_certificate_is_found_and_its_life_is_drawn(watched: Watched, folder: Path) -> None:
    """From the register to the page; from its finding to the rule; another one by its number."""
    page = visit(watched, folder, "certificates", "certificates.status=suspended&body=B1")
    show(page, "certificates")
    first = column(page, "certificates", "certificate_id")[0]
    page.locator("#certificates td.c-certificate_id a").first.click()
    until(page, "document.querySelector('#life_line[data-ready]') !== null")
    assert first in page.locator("#record-title").inner_text()
    assert column(page, "certificate_events", "event")[-1].endswith("暂停")
    assert page.locator("#life_line .scatterlayer .trace").count() >= 2
    assert page.locator("#certificate_audits tbody tr").count() == 1
    page.locator("#record-id").fill("C0000001")
    page.keyboard.press("Enter")
    until(page, "document.getElementById('record-title').textContent.includes('C0000001')")
    assert "id=C0000001" in page.url
    page.get_by_role("navigation").get_by_role("link", name="总览").click()
    until(page, "location.pathname.endsWith('index.html')")
    assert "body=B1" in page.url
    page = visit(watched, folder, "certificate", "id=C9")
    until(page, "document.getElementById('record-title').textContent.includes('没有编号')")


def test_a_finding_of_a_certificate_leads_to_its_clause(
    watched: Watched, folder: Path, warehouse: Path
) -> None:
    with open_warehouse(warehouse) as connection:
        (subject,) = connection.execute(
            "select min(certificate_id) from marts.fct_rule_finding"
            " where certificate_id in (select certificate_id from marts.dim_certificate)"
        ).fetchone()
    page = visit(watched, folder, "certificate", f"id={subject}")
    until(page, "document.querySelectorAll('#certificate_findings tbody tr').length > 0")
    link = page.locator("#certificate_findings td.c-clause a").first
    rule = link.get_attribute("href")
    assert rule.startswith("rulebook.html#")
    link.click()
    page.wait_for_selector("#words")
    anchor = rule.split("#")[1]
    until(page, "(id) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 400", anchor)
