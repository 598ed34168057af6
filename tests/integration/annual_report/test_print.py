"""What other programs make of the report: Chromium's PDF and pictures, poppler's text, LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from reports.annual_report import write_annual_report
from reports.annual_report.browser import BrowserFailed, browsing, find_browser
from reports.annual_report.html import figures_of
from reports.annual_report.model import Report
from tests.integration.annual_report.conftest import BODY

SOFFICE = shutil.which("soffice")
needs_browser = pytest.mark.skipif(find_browser() is None, reason="Chromium is not installed")


def test_without_a_browser_the_rest_is_written(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Breaks when a machine without Chromium gets no report, or is not told why there is no PDF."""
    monkeypatch.setenv("PATH", str(tmp_path))
    written = write_annual_report(warehouse, BODY, 2025, tmp_path / "out")
    assert written.pdf is None
    assert "No Chromium" in written.remarks[0]
    assert (written.html.parent / "static" / "plotly.min.js").is_file(), "a reader's browser draws"
    assert written.docx.is_file()


def test_a_browser_that_does_not_start_is_a_remark(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Breaks when a broken Chromium takes the report with it."""
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    written = write_annual_report(warehouse, BODY, 2025, tmp_path / "out")
    assert written.pdf is None
    assert "Chromium ended" in written.remarks[0]


@pytest.fixture(scope="module")
def printed(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The past year with everything that a browser makes."""
    out = tmp_path_factory.mktemp("printed") / "out"
    assert write_annual_report(warehouse, BODY, 2025, out).pdf is not None
    return out


@needs_browser
@pytest.mark.browser
def test_the_pdf_has_its_pages_and_its_text(past: Report, printed: Path, tmp_path: Path) -> None:
    """Breaks when print loses text, page numbers or the page size."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("poppler-utils is not installed")
    text = tmp_path / "text.txt"
    subprocess.run([program, "-layout", str(printed / "annual-report-2025.pdf"), str(text)], check=True)  # noqa: S603
    pages = text.read_text(encoding="utf-8").split("\f")[:-1]
    assert 8 <= len(pages) <= 16
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"第\s*{number}\s*页，共\s*{len(pages)}\s*页", page)
    squeezed = re.sub(r"\s", "", "".join(pages))
    assert "需要管理层决定的事项" in re.sub(r"\s", "", pages[0]), "the summary stands on the first page"
    assert "批准" in pages[0], "and so does the signature"
    for chapter in past.chapters:
        assert chapter.title in squeezed
    for figure in past.key_figures:
        # A long label has two lines, with those of its neighbours between them.
        assert figure.label.replace(" ", "")[:8] in squeezed
    assert (printed / "annual-report-2025.pdf").read_bytes().count(
        b"/MediaBox [0 0 594.95996 841.91998]"
    ) == len(pages)


@needs_browser
@pytest.mark.browser
def test_print_and_pictures_have_the_same_bytes_again(warehouse: Path, printed: Path, tmp_path: Path) -> None:
    """Breaks when the hour of printing, or an id by chance, gets into a file."""
    write_annual_report(warehouse, BODY, 2025, tmp_path / "again")
    for file in sorted(printed.glob("annual-report*")):
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name


@needs_browser
@pytest.mark.browser
def test_word_has_a_picture_of_every_chart(past: Report, printed: Path) -> None:
    charts = len(figures_of(past))
    document = docx.Document(str(printed / "annual-report-2025.docx"))
    assert charts >= 5
    assert len(document.inline_shapes) == charts
    sizes = {(shape.width, shape.height) for shape in document.inline_shapes}
    assert all(width > height for width, height in sizes)


@needs_browser
@pytest.mark.browser
def test_the_pdf_has_drawn_figures_without_a_bitmap(past: Report, printed: Path) -> None:
    """Breaks when Chromium prints before plotly has drawn, draws bitmaps, or the file grows."""
    images, text = shutil.which("pdfimages"), shutil.which("pdftotext")
    if images is None or text is None:
        pytest.skip("poppler-utils is not installed")
    pdf = printed / "annual-report-2025.pdf"
    listed = subprocess.run([images, "-list", str(pdf)], capture_output=True, check=True)  # noqa: S603
    assert len(listed.stdout.splitlines()) == 2, "headings only"
    said = subprocess.run([text, str(pdf), "-"], capture_output=True, check=True, text=True)  # noqa: S603
    assert "图未画出" not in said.stdout
    legends = [trace["name"] for figure in figures_of(past).values() for trace in figure["data"][1:]]
    assert legends
    assert all(name in said.stdout for name in legends)
    assert pdf.stat().st_size < 2_000_000


@needs_browser
@pytest.mark.browser
def test_a_page_whose_figures_cannot_be_drawn_is_not_printed(printed: Path, tmp_path: Path) -> None:
    """Breaks when a PDF with empty figures passes for the report."""
    program = find_browser()
    assert program
    shutil.copytree(printed, tmp_path / "report")
    (tmp_path / "report" / "static" / "plotly.min.js").write_text("")
    with browsing(program) as browser:
        browser.open(tmp_path / "report" / "annual-report-2025.html")
        with pytest.raises(BrowserFailed, match="Plotly is not defined"):
            browser.evaluate("annualReport.drawn")
        assert browser.evaluate("document.documentElement.dataset.drawn") == "failed"
        assert "图未画出" in browser.evaluate("document.querySelector('.plot').textContent")


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_word_document(warehouse: Path, tmp_path: Path) -> None:
    assert SOFFICE
    written = write_annual_report(warehouse, BODY, 2026, tmp_path / "out", pdf=False)
    subprocess.run(  # noqa: S603 - our own file, our own program
        [
            SOFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf",
            "--outdir", str(tmp_path), str(written.docx),
        ],
        capture_output=True, timeout=240, check=True,
    )  # fmt: skip
    assert (tmp_path / "annual-report-2026.pdf").read_bytes().startswith(b"%PDF")
