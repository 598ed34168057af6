"""Writes the report's folder: HTML always, PDF and pictures for Word where there is a Chromium."""

from __future__ import annotations

import base64
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ingestion.file_names import safe_name
from ingestion.placing import replacing
from reports.annual_report.browser import BrowserFailed, browsing, find_browser
from reports.annual_report.docx import write_docx
from reports.annual_report.html import html_of, write_scripts
from reports.annual_report.model import Report
from reports.annual_report.pdf import dated
from reports.annual_report.reading import read_report


@dataclass(frozen=True)
class AnnualReport:
    """The files written; `remarks` say what is missing and why (English, for the command line)."""

    html: Path
    pdf: Path | None
    docx: Path
    remarks: tuple[str, ...] = ()


def annual_report_folder(reports: Path, as_of: str, year: int, body_id: str, *, masked: bool = False) -> Path:
    """Where the report of a body belongs: one folder per body below the day's reports, masked ones apart."""
    return reports / as_of / f"annual-{year}{'-masked' if masked else ''}" / safe_name(body_id)


def write_annual_report(
    warehouse: Path, body_id: str, year: int, out: Path, *, masked: bool = False, pdf: bool = True
) -> AnnualReport:
    """Write the report of `body_id` and `year` as folder `out`, which is replaced as a whole.

    pdf     False: no browser is started, so that there is no PDF and no picture in the Word document
    masked  without ids of people and names of clients

    Raises YearRefused for a year that has not begun and a body that is not in the warehouse.
    """
    report = read_report(warehouse, body_id, year, masked=masked)
    name = f"annual-report-{year}"
    with replacing(out) as folder:
        page = folder / f"{name}.html"
        page.write_text(html_of(report), encoding="utf-8")
        write_scripts(folder / "static")
        printed, pictures, remarks = _printed(page, report) if pdf else (None, {}, ())
        if printed is not None:
            (folder / f"{name}.pdf").write_bytes(printed)
        write_docx(report, pictures, folder / f"{name}.docx")
    return AnnualReport(
        html=out / f"{name}.html",
        pdf=None if printed is None else out / f"{name}.pdf",
        docx=out / f"{name}.docx",
        remarks=remarks,
    )


def _printed(page: Path, report: Report) -> tuple[bytes | None, dict[str, bytes], tuple[str, ...]]:
    """The PDF and the charts as pictures, or why there are none."""
    program = find_browser()
    if program is None:
        return None, {}, ("No Chromium or Chrome found: no PDF, and no pictures in the Word document.",)
    try:
        with tempfile.TemporaryDirectory() as scratch, browsing(program) as browser:
            # A browser in a sandbox of its own may not see the folder that is being written.
            copy = Path(scratch) / "report"
            shutil.copytree(page.parent, copy)
            browser.open(copy / page.name)
            browser.evaluate("annualReport.drawn")
            pictures = json.loads(browser.evaluate("annualReport.pictures()"))
            return (
                dated(browser.pdf(), report.as_of),
                {name: base64.b64decode(png.partition(",")[2]) for name, png in pictures.items()},
                (),
            )
    except BrowserFailed as error:
        return None, {}, (f"{error} No PDF, and no pictures in the Word document.",)
