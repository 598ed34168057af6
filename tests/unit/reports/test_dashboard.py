"""The folder of pages as a whole: complete, repeatable, offline, replaced at once, no names of people."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reports.dashboard import build, build_dashboard
from reports.dashboard.pages import PAGES
from tests.support.published import HOSTILE_NAME, PLANTED_SUBJECT, write_published


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_published(tmp_path_factory.mktemp("warehouse") / "published.duckdb")


@pytest.fixture(scope="module")
def folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_dashboard(warehouse, tmp_path_factory.mktemp("reports") / "2026-11-15").parent


def value_of(folder: Path, name: str) -> dict[str, object]:
    text = (folder / "data" / f"{name}.js").read_text(encoding="utf-8")
    match = re.fullmatch(r'certhouse\.receive\("[\w-]+","[0-9a-f]{16}",(.*)\);\n', text, re.S)
    assert match
    return json.loads(match[1])


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_block_has_its_data(folder: Path) -> None:
    for page in PAGES:
        assert {f"table-{table.name}.js" for table in page.tables} <= set(digests(folder / "data"))
        assert {f"figure-{figure.name}.js" for figure in page.figures} <= set(digests(folder / "data"))


def test_the_head_says_what_the_page_speaks_for(folder: Path) -> None:
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert all(
        text in html for text in ("2026-11-15", "b0b0b0b0b0b0b0b0", "0123456789ab", "国家规则、ICAS 程序")
    )


def test_the_same_warehouse_gives_the_same_bytes(warehouse: Path, folder: Path, tmp_path: Path) -> None:
    """A rerun that differs could not be told from a change in the data."""
    again = build_dashboard(warehouse, tmp_path / "again").parent
    assert digests(again) == digests(folder)


def test_nothing_is_loaded_from_outside(folder: Path) -> None:
    """Every address in the page is a file of the folder."""
    for page in folder.glob("*.html"):
        for address in re.findall(r'(?:src|href)="([^"]+)"', page.read_text(encoding="utf-8")):
            named = address.split("#")[0]
            assert not named or named == "data:," or (folder / named).is_file(), (page.name, address)
    own = [path for path in (folder / "static").iterdir() if path.name != "plotly.min.js"]
    assert not [path.name for path in own if re.search(r"https?://", path.read_text(encoding="utf-8"))]


def test_body_names_are_escaped_in_the_html(folder: Path) -> None:
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;南方&lt;/b&gt;认证 &amp; 检验中心" in html
    assert "<b>南方" not in html


def test_hostile_text_arrives_as_text(folder: Path) -> None:
    table = value_of(folder, "table-certificates")
    assert HOSTILE_NAME in json.dumps(table, ensure_ascii=False).replace("\\\\", "\\")
    assert "<" not in (folder / "data" / "table-certificates.js").read_text(encoding="utf-8")


def test_a_planted_finding_is_in_the_findings(folder: Path) -> None:
    data = value_of(folder, "table-findings")["data"]
    assert PLANTED_SUBJECT in json.dumps(data)


def test_the_indicators_count_what_the_tables_list(folder: Path) -> None:
    """The number at the head and the list behind it are two queries: they must agree."""
    indicators = value_of(folder, "page-index")["indicators"]
    data = value_of(folder, "table-findings")["data"]
    states = [data["state"]["d"][at] for at in data["state"]["i"]]  # type: ignore[index]
    for name, state in (("breaches", "breach"), ("warnings", "warning"), ("undetermined", "undetermined")):
        assert indicators[name][""] == states.count(state)  # type: ignore[index]
    surveillance = value_of(folder, "table-surveillance")["data"]
    horizons = [surveillance["horizon"]["d"][at] for at in surveillance["horizon"]["i"]]  # type: ignore[index]
    assert indicators["overdue_all"][""] == horizons.count("overdue")  # type: ignore[index]
    assert indicators["due_30"][""] == horizons.count("30")  # type: ignore[index]


def test_bodies_add_up_to_all(folder: Path) -> None:
    indicators = value_of(folder, "page-index")["indicators"]
    for name, values in indicators.items():  # type: ignore[attr-defined]
        of_bodies = [value for body, value in values.items() if body]
        assert None in of_bodies or sum(of_bodies) == values[""], name


def test_a_table_over_its_limit_says_how_many_there_are(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that are not embedded must not vanish silently."""
    for table in (table for page in PAGES for table in page.tables):
        monkeypatch.setitem(table.__dict__, "limit", 5)
    table = value_of(build_dashboard(warehouse, tmp_path / "out").parent, "table-certificates")
    assert (table["rows"], table["total"]) == (5, 200)


def test_a_crash_leaves_the_old_folder(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers find the old pages, whole, and no half-written folder beside them."""
    out = tmp_path / "2026-11-15"
    build_dashboard(warehouse, out)
    before = digests(out)

    def fail(_: Path) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(build, "_write_static", fail)
    with pytest.raises(RuntimeError, match="disk full"):
        build_dashboard(warehouse, out)
    assert digests(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-15"]


def test_what_a_killed_build_left_is_removed(warehouse: Path, tmp_path: Path) -> None:
    """kill -9 runs no cleanup: the next build does, and leaves alone what a running build still writes."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    abandoned = tmp_path / f".2026-11-15-{ended.pid}-x"
    running = tmp_path / f".2026-11-15-{os.getpid()}-x"
    for draft in (abandoned, running):
        draft.mkdir()
    build_dashboard(warehouse, tmp_path / "2026-11-15")
    assert sorted(path.name for path in tmp_path.iterdir()) == [running.name, "2026-11-15"]


def test_a_new_folder_replaces_the_old_one_whole(warehouse: Path, tmp_path: Path) -> None:
    """A file that the new pages do not have must not survive from the old ones."""
    out = tmp_path / "2026-11-15"
    out.mkdir()
    (out / "stale.html").write_text("old", encoding="utf-8")
    index = build_dashboard(warehouse, out)
    assert index == out / "index.html"
    assert index.is_file()
    assert not (out / "stale.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-15"]


def test_no_query_reads_people_by_name() -> None:
    """People appear by their number only: no staging table, and no name of a person, in any query."""
    for page in PAGES:
        queries = [block.query for section in page.sections for block in section.blocks]
        queries += [indicator.query for indicator in page.indicators]
        for query in queries:
            assert not re.search(
                r"\b(staging|stg_person|raw|person_name|contact_person|phone|id_no)\b", query
            )


def test_progress_is_reported(warehouse: Path, tmp_path: Path) -> None:
    said: list[str] = []
    build_dashboard(warehouse, tmp_path / "out", progress=said.append)
    assert len(said) == sum(len(page.tables) + len(page.figures) for page in PAGES)
