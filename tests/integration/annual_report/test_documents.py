"""The documents made from the model: the same numbers in all of them, the same bytes again, nothing that gives people away."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.document import Document
from docx.oxml.ns import qn

from dagster_project.cli import main
from reports.annual_report import YearRefused, annual_report_folder, write_annual_report
from reports.annual_report.html import figures_of, html_of
from reports.annual_report.model import Paragraph, Report, Table
from reports.annual_report.reading import bodies_of, read_report
from tests.integration.annual_report.conftest import AS_OF, BODY, EMPTY_BODY
from tests.support.pipeline import publish_copy


class _Reader(HTMLParser):
    """What an HTML file says: its cells in order, its text, its tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._is_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("td", "th"):
            self._is_cell = True
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._is_cell = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._is_cell:
            self.cells[-1] += data


def _expected(report: Report) -> list[list[str]]:
    """The rows of every table of the model as readers see them."""
    return [
        row
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, Table)
        for row in block.texts()
    ]


def _word_cells(document: Document) -> list[str]:
    """Text of every cell; read off the XML, as python-docx works out spans for each cell."""
    return [
        "".join(text.text or "" for text in cell.iter(qn("w:t")))
        for cell in document.element.body.iter(qn("w:tc"))
    ]


def _in_order(wanted: list[str], found: list[str]) -> bool:
    rest = iter(found)
    return all(any(own == text for own in rest) for text in wanted)


@pytest.fixture(scope="module")
def plain(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The running year without a browser."""
    out = tmp_path_factory.mktemp("plain") / "out"
    written = write_annual_report(warehouse, BODY, 2026, out, pdf=False)
    assert written.pdf is None
    return out


def test_html_and_word_have_the_numbers_of_the_model(running: Report, plain: Path) -> None:
    """Breaks when a renderer leaves out, rounds or reorders what the model says."""
    wanted = [cell for row in _expected(running) for cell in row]
    page = _Reader((plain / "annual-report-2026.html").read_text(encoding="utf-8"))
    assert _in_order(wanted, page.cells)
    document = docx.Document(str(plain / "annual-report-2026.docx"))
    cells = _word_cells(document)
    assert _in_order(wanted, cells)
    prose = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for chapter in running.chapters:
        for block in chapter.blocks:
            if isinstance(block, Paragraph):
                assert block.text in page.text
                assert block.text in prose
    for figure in running.key_figures:
        assert figure.label in page.text
        assert figure.label in cells


def test_the_page_runs_two_files_from_beside_it_and_nothing_else(plain: Path) -> None:
    """Breaks when the page loads something from elsewhere, or its policy lets it run what stands in it."""
    text = (plain / "annual-report-2026.html").read_text(encoding="utf-8")
    page = _Reader(text)
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"iframe", "object", "img", "form", "base"}
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        for name in ("href", "src"):
            assert (attributes.get(name) or "#").startswith(("#", "data:,", "static/"))
    (policy,) = [
        found["content"] for tag, found in page.tags if found.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    assert "default-src 'none'; script-src 'self' file:;" in policy
    scripts = [found for tag, found in page.tags if tag == "script"]
    assert [found.get("src") or found["type"] for found in scripts] == [
        "static/plotly.min.js", "static/annual_report.js", "application/json",
    ]  # fmt: skip
    library = (files("plotly") / "package_data" / "plotly.min.js").read_bytes()
    assert (plain / "static" / "plotly.min.js").read_bytes() == library


def test_the_page_has_the_figures_of_the_model_and_room_for_each(running: Report, plain: Path) -> None:
    """Breaks when plotly would draw other numbers than the model's, or the page moves when it draws."""
    text = (plain / "annual-report-2026.html").read_text(encoding="utf-8")
    (data,) = re.findall(r'<script type="application/json" id="figures">(.*?)</script>', text, re.S)
    figures = figures_of(running)
    assert len(figures) >= 5
    assert json.loads(data) == json.loads(json.dumps(list(figures.values())))
    places = {found.get("id") for tag, found in _Reader(text).tags if found.get("class") == "plot"}
    assert places == {f"figure-{name}" for name in figures}
    for name, figure in figures.items():
        assert f"#figure-{name} {{ width: 680px; height: {figure['layout']['height']}px; }}" in text


def test_the_same_warehouse_gives_the_same_bytes(warehouse: Path, plain: Path, tmp_path: Path) -> None:
    write_annual_report(warehouse, BODY, 2026, tmp_path / "again", pdf=False)
    for file in sorted(plain.glob("annual-report*")):
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name


def test_no_name_of_a_person_ever_and_no_id_or_client_when_masked(
    source: Path, warehouse: Path, plain: Path, tmp_path: Path
) -> None:
    """Breaks when a report names people, or a masked one lets people or clients be told."""

    def column(table: str, name: str) -> list[str]:
        with (source / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return [row[name] for row in csv.DictReader(file) if row[name]]

    def said(folder: Path) -> str:
        page = (folder / "annual-report-2026.html").read_text(encoding="utf-8")
        document = docx.Document(str(folder / "annual-report-2026.docx"))
        cells = _word_cells(document)
        return page + "\n".join(cells) + "\n".join(paragraph.text for paragraph in document.paragraphs)

    write_annual_report(warehouse, BODY, 2026, tmp_path / "masked", masked=True, pdf=False)
    people, clients = column("person", "name"), column("organization", "name")
    ids = column("person", "person_id")
    open_text, masked_text = said(plain), said(tmp_path / "masked")
    assert any(person in open_text for person in ids)
    assert any(client in open_text for client in clients)
    # A name of two characters may stand inside a word; as a cell or in brackets it would be a name.
    assert not [name for name in people if f">{name}<" in open_text or f"\n{name}\n" in open_text]
    assert not [word for word in (*ids, *clients) if word in masked_text]
    assert "审核员 01" in masked_text


def test_a_name_cannot_end_the_style_or_the_page(running: Report) -> None:
    """Breaks when a body's name, which comes from the source, becomes markup."""
    hostile = '</style><script>alert(1)</script>" } body { display: none } \\'
    page = _Reader(html_of(replace(running, body_name=hostile)))
    assert len([tag for tag, _ in page.tags if tag == "script"]) == 3, "those of the page"
    assert hostile in page.text


def test_a_year_without_records_says_so(warehouse: Path, tmp_path: Path) -> None:
    """Breaks when nothing looks like good news, or ends in an error."""
    written = write_annual_report(warehouse, BODY, 2020, tmp_path / "out", pdf=False)
    text = written.html.read_text(encoding="utf-8")
    assert "2020 年没有证书和审核的记录" in text
    assert "记录不足以与上年比较" in text


def test_a_body_without_people_or_certificates(warehouse: Path, tmp_path: Path) -> None:
    """Breaks on a body that has no auditors: no ratio can be had, and that is said."""
    assert bodies_of(warehouse) == [BODY, EMPTY_BODY]
    report = read_report(warehouse, EMPTY_BODY, 2026)
    (ratio,) = [figure for figure in report.key_figures if figure.name == "ratio_itsms"]
    assert ratio.value is None
    assert "没有审核员可以分担" in html_of(report)
    assert len(figures_of(report)) == 1, "it has findings to draw; a chart of nothing is left out"
    write_annual_report(warehouse, EMPTY_BODY, 2026, tmp_path / "out", pdf=False)


def test_what_cannot_be_reported_is_refused(warehouse: Path, tmp_path: Path) -> None:
    with pytest.raises(YearRefused, match="has not begun"):
        write_annual_report(warehouse, BODY, 2027, tmp_path / "out", pdf=False)
    with pytest.raises(YearRefused, match="Known: B01, B99"):
        write_annual_report(warehouse, "B77", 2026, tmp_path / "out", pdf=False)
    assert not (tmp_path / "out").exists()


def test_a_past_year_is_whole_and_a_running_one_says_it_is_not(running: Report, past: Report) -> None:
    assert "本年尚未结束" in html_of(running)
    assert "本年尚未结束" not in html_of(past)
    assert str(past.last_on) == "2025-12-31"


def test_folder_of_a_body_with_a_strange_id() -> None:
    """Breaks when an id from the source leads out of the reports, or two bodies share a folder."""
    reports = Path("reports")
    for body_id in ("../B1", "..", "a/b", "."):
        folder = annual_report_folder(reports, "2026-11-15", 2026, body_id)
        assert folder.parent == reports / "2026-11-15" / "annual-2026"
        assert folder.name not in (".", "..")
    assert annual_report_folder(reports, "d", 2026, "a/b") != annual_report_folder(reports, "d", 2026, "a_b")
    assert annual_report_folder(reports, "d", 2026, "B1", masked=True).parent.name == "annual-2026-masked"


def test_the_command_writes_every_body_and_refuses_in_words(warehouse: Path, tmp_path: Path) -> None:
    """Breaks when the command writes elsewhere, leaves a body out, or meets a wrong year with a traceback."""
    publish_copy(tmp_path / "home", warehouse, AS_OF)
    arguments = ["report", "annual", "--no-pdf", "--home", str(tmp_path / "home")]
    done = CliRunner().invoke(main, [*arguments, "--year", "2025"])
    assert done.exit_code == 0, done.output
    folder = tmp_path / "home" / "reports" / str(AS_OF) / "annual-2025"
    assert sorted(path.name for path in folder.iterdir()) == [BODY, EMPTY_BODY]
    assert str(folder / BODY / "annual-report-2025.docx") in done.output
    refused = CliRunner().invoke(main, [*arguments, "--year", "2031"])
    assert refused.exit_code == 2
    assert "ask for 2026" in refused.output
