"""The pages 监督审核, 审核员工作量 and 机构能力 as readers use them: what is planted is found, what is clicked leads there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.using import click_bar, column, count, settle, show, until, visit
from tests.support.published_planning import (
    PLANTED_CROSSING,
    PLANTED_LEADER,
    PLANTED_OVERLAP,
    PLANTED_PERSON,
    PLANTED_SCOPE,
)

pytestmark = pytest.mark.browser


def test_an_overdue_surveillance_whose_leader_has_left(watched: Watched, folder: Path) -> None:
    """The indicator counts it, leads to it, and the list says why somebody must act."""
    page = visit(watched, folder, "surveillance")
    settle(page)
    indicator = page.locator("[data-indicator=surveillance_without_leader]")
    assert indicator.locator("b").inner_text() == "1"
    indicator.locator("a").click()
    until(page, "location.hash.includes('leader_group=inactive')")
    assert column(page, "surveillance", "leader_id") == [PLANTED_LEADER]
    row = page.locator("#surveillance tbody tr").first.inner_text()
    assert all(text in row for text in ("已逾期", "未安排", "已不在岗"))
    (province,) = column(page, "surveillance", "province_code")
    page.locator("#filter-region").select_option(label=province)
    until(page, "location.hash.includes('region=')")
    assert column(page, "surveillance", "leader_id") == [PLANTED_LEADER]


def test_a_bar_of_the_plan_opens_what_it_counts(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder, "surveillance")
    click_bar(page, "surveillance_plan")
    until(page, "location.hash.includes('surveillance.plan_state=none')")
    show(page, "surveillance")
    assert {text.split()[-1] for text in column(page, "surveillance", "horizon")} == {"已逾期"}
    assert set(column(page, "surveillance", "plan_state")) == {"未安排"}
    shown = page.evaluate(
        "certhouse.load('figure-surveillance_plan').then(({ live }) =>"
        " certhouse.live.summarise(live, null).find((row) => row.horizon === 'overdue').none_urgent)"
    )
    assert count(page, "surveillance") == shown


def test_who_passes_the_limit_when(watched: Watched, folder: Path) -> None:
    """From the number of people to the day, from the person to the own page with curve, overlaps and audits."""
    page = visit(watched, folder, "auditors")
    settle(page)
    page.locator("[data-indicator=auditors_will_cross] a").click()
    until(page, "location.hash.includes('crossings.level=limit')")
    assert column(page, "crossings", "person_id") == [PLANTED_PERSON]
    assert column(page, "crossings", "crossed_on") == [PLANTED_CROSSING]
    assert PLANTED_CROSSING in page.locator("#auditor_crossings [data-words]").inner_text()
    assert column(page, "overlaps", "day_on")[0] == PLANTED_OVERLAP
    page.locator("#crossings td.c-person_id a").click()
    until(page, "document.getElementById('record-head')?.children.length > 0")
    assert PLANTED_PERSON in page.locator("#record-title").inner_text()
    assert PLANTED_CROSSING in page.locator("#record-head").inner_text()
    until(page, "document.querySelectorAll('#auditor_path svg.main-svg').length > 0")
    assert page.locator("#auditor_overlaps tbody tr").count() == 1
    assert page.locator("#auditor_assignments tbody tr").count() == 4
    assert page.locator("#auditor_registrations tbody tr").count() == 2
    assert page.locator("#auditor_scopes tbody tr").count() == 2


def test_a_scope_with_one_professional_auditor(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder, "capacity")
    settle(page)
    page.locator("[data-indicator=scopes_short] a").click()
    until(page, "location.hash.includes('scopes.state=breach')")
    assert column(page, "scopes", "scope_code") == [PLANTED_SCOPE]
    assert column(page, "scopes", "professional_auditors") == ["1"]
    page.locator("#scopes td.c-professional_auditors a").click()
    until(page, "location.hash.includes('grants.scope_code')")
    assert column(page, "grants", "person_id") == [PLANTED_PERSON]


def test_what_if(watched: Watched, folder: Path) -> None:
    """50 a head is a warning, one certificate more a breach; the question stands in the address."""
    page = visit(watched, folder, "capacity", "body=B1")
    settle(page)
    words = page.locator("#whatif [data-words]")
    lines = page.locator("#whatif tbody tr")
    assert lines.count() == 2
    page.get_by_label("证书增减（张）").fill("20")
    assert "人均 50.0000 张，预警" in words.inner_text()
    page.get_by_label("证书增减（张）").fill("21")
    assert "人均 50.1000 张，不符合；超出 1 张，至少需要 11 名审核员" in words.inner_text()
    page.get_by_label("审核员增减（人）").fill("1")
    assert "不符合" not in words.inner_text()
    assert all(part in page.url for part in ("whatif.auditors=1", "whatif.certificates=21"))
    page = visit(watched, folder, "capacity", page.url.split("#")[1])
    settle(page)
    assert page.get_by_label("审核员增减（人）").input_value() == "1"
    assert "45.5455" in lines.first.inner_text()
    page.get_by_role("button", name="归零").click()
    until(page, "!location.hash.includes('whatif')")
    page.get_by_label("审核员增减（人）").fill("-999")
    assert "没有审核员" in lines.first.inner_text()
    page.locator("#filter-body").select_option("")
    until(page, "!location.hash.includes('body=')")
    assert lines.count() == 6


def test_what_if_computes_as_the_warehouse_does(watched: Watched, folder: Path) -> None:
    """Half up to four places on integers: a rounded ratio would turn a breach by a hair into a pass."""
    draw = random.Random(10)  # noqa: S311 - repeatable, nothing secret
    pairs = [(draw.randrange(3000), draw.randrange(1, 80)) for _ in range(200)] + [(2500, 50), (2501, 50)]
    page = visit(watched, folder, "capacity")
    until(page, "window.certhouse?.whatIf !== undefined")
    found = page.evaluate(
        """(pairs) => pairs.map(([certificates, auditors]) => {
            const { micro, judge } = certhouse.whatIf;
            const { ratio, state, room } = judge(BigInt(certificates), BigInt(auditors), micro(50), micro(45));
            return [ratio, state, Number(room)];
        })""",
        pairs,
    )
    for (certificates, auditors), (ratio, state, room) in zip(pairs, found, strict=True):
        whole = (20000 * certificates + auditors) // (2 * auditors)
        assert ratio == f"{whole // 10000}.{whole % 10000:04}"
        assert room == 50 * auditors - certificates
        over, near = certificates > 50 * auditors, certificates > 45 * auditors
        assert state == ("breach" if over else "warning" if near else "pass")
