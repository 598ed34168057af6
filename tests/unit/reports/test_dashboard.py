"""The folder of pages as a whole: complete, repeatable, offline, replaced at once, no names of people."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from reports.dashboard import build, build_dashboard
from reports.dashboard.pages import PAGES, RECORDS
from reports.rows import Rows
from tests.support.embedded import column, value_of
from tests.support.published import HOSTILE_NAME, PLANTED_SUBJECT, write_published


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_published(tmp_path_factory.mktemp("warehouse") / "published.duckdb")


@pytest.fixture(scope="module")
def folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_dashboard(warehouse, tmp_path_factory.mktemp("reports") / "2026-11-15").parent


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
    assert not [
        path.name
        for path in own
        if re.search(r"https?://(?!www\.w3\.org/2000/svg)", path.read_text(encoding="utf-8"))
    ]


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
    total = {name: sum(column(value["data"], "value")) for name, value in indicators.items()}
    states = column(value_of(folder, "table-findings")["data"], "state")
    for name, state in (("breaches", "breach"), ("warnings", "warning"), ("undetermined", "undetermined")):
        assert total[name] == states.count(state)
    horizons = column(value_of(folder, "table-surveillance")["data"], "horizon")
    assert total["due_near"] == horizons.count("near")
    certificates = value_of(folder, "table-certificates")["data"]
    pairs = list(zip(column(certificates, "status"), column(certificates, "system"), strict=True))
    assert total["valid"] == pairs.count(("valid", "ITSMS"))


def test_a_trend_ends_with_the_number_itself(folder: Path) -> None:
    """A curve that ends elsewhere than at the number above it belongs to something else."""
    for name, value in value_of(folder, "page-index")["indicators"].items():
        if "trend" in value:
            trend = value["trend"]
            last = len(trend["points"]) - 1
            ends = zip(column(trend["data"], "point"), column(trend["data"], "value"), strict=True)
            assert trend["points"][last] == "2026-11-15"
            assert sum(n for at, n in ends if at == last) == sum(column(value["data"], "value")), name


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


def test_what_others_have_put_beside_the_pages_stays(warehouse: Path, tmp_path: Path) -> None:
    """The annual report of the day must survive the next build of the pages."""
    out = tmp_path / "2026-11-15"
    (out / "annual-2026" / "B1").mkdir(parents=True)
    (out / "annual-2026" / "B1" / "report.docx").write_text("kept", encoding="utf-8")
    (out / "submissions.ics").write_text("kept too", encoding="utf-8")
    (out / "data").mkdir()
    (out / "data" / "old.js").write_text("old", encoding="utf-8")
    build_dashboard(warehouse, out)
    assert (out / "annual-2026" / "B1" / "report.docx").read_text(encoding="utf-8") == "kept"
    assert (out / "submissions.ics").is_file()
    assert not (out / "data" / "old.js").exists()


def test_no_page_but_the_auditors_own_reads_names_of_people() -> None:
    """People appear by their number; a name stands on the page about the person, in a column marked personal."""
    for page in PAGES:
        for table in page.tables:
            assert not any(column.personal for column in table.columns), table.name
            assert not reads_names(table.query), table.name
        for figure in page.figures:
            assert not reads_names(figure.query), figure.name
        assert not any(reads_names(indicator.counted) for indicator in page.indicators)
    for record in RECORDS:
        for block in record.blocks:
            assert not reads_names(block.query), block.name
            assert not any(column.personal for column in block.columns), block.name


def reads_names(query: Rows | str) -> bool:
    """Whether a block asks for names of people; those of the auditors' page stand in a column of their own."""
    if isinstance(query, str):
        return "staging." in query or "person_name" in query
    asked = {*query.columns, *query.renamed.values(), *query.order}
    return query.relation.startswith("staging.") or "person_name" in asked


def test_progress_is_reported(warehouse: Path, tmp_path: Path) -> None:
    said: list[str] = []
    build_dashboard(warehouse, tmp_path / "out", progress=said.append)
    assert len(said) == sum(len(page.tables) + len(page.figures) for page in PAGES) + len(RECORDS)
