"""What was not read, repaired, emptied or set aside is where people look, and a load that somebody accepted says so on every
page. A failure means that a failed load looks like a good day.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from reports.dashboard import build_dashboard
from tests.browser.conftest import Watched
from tests.browser.using import column, count, settle, show, visit

pytestmark = pytest.mark.browser

REASON = "十一月的审核任务尚未导出，先看证书 <b>x</b>"
MISSING = "“审核组成员”上一批有 120 行，本批没有。"


@pytest.fixture(scope="module")
def accepted_folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages, of a load of which too much was missing and which somebody accepted."""
    place = tmp_path_factory.mktemp("accepted")
    file = place / "published.duckdb"
    shutil.copyfile(warehouse, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "insert into meta.acceptance values (1, 'table_gone', 'audit_assignment', null, ?, 'gone', ?)",
            [REASON, MISSING],
        )
    return build_dashboard(file, place / "reports").parent


@pytest.mark.parametrize(
    "name",
    [
        "index", "certificates", "surveillance", "auditors", "capacity", "rules", "submissions", "quality",
        "certificate", "auditor", "rulebook",
    ],
)  # fmt: skip
def test_an_accepted_load_is_said_on_every_page(
    watched: Watched, folder: Path, accepted_folder: Path, name: str
) -> None:
    page = visit(watched, accepted_folder, name)
    band = page.get_by_text("本次数据不完整", exact=False).first
    band.wait_for()
    words = page.locator("body").inner_text()
    assert MISSING in words
    assert REASON in words, "typed by a person: shown as text, never as markup"
    colour = band.evaluate(
        "(one) => getComputedStyle(one.closest('[role], aside, div, section')).backgroundColor"
    )
    assert colour not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"), "a band is seen at once"
    assert "本次数据不完整" not in visit(watched, folder, name).locator("body").inner_text()


def test_every_fate_is_listed_with_its_remedy(watched: Watched, folder: Path) -> None:
    page = visit(watched, folder, "quality")
    settle(page)
    for table, wanted in {"quarantine": 2, "stubs": 1, "left_out": 2, "repairs": 1}.items():
        show(page, table)
        assert count(page, table) == wanted, table
    assert {"没有该记录" in text for text in column(page, "stubs", "message_zh")} == {True}
    said = page.locator("#left_out").inner_text()
    assert "约定中没有“暂停截止”列" in said
    assert "备忘.txt" in said
