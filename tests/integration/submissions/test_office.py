"""LibreOffice opens what is filed, without complaint and without a changed character."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from reports.submissions import prepare
from tests.integration.submissions.sheets import records

SOFFICE = shutil.which("soffice")
# Tokens of the CSV filter: comma, quote, UTF-8, from row 1, cells as shown, a file per sheet.
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

pytestmark = [pytest.mark.office, pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")]


def _convert(workbook: Path, target: str, out: Path) -> subprocess.CompletedProcess[str]:
    assert SOFFICE
    return subprocess.run(  # noqa: S603 - our own file, our own program
        [
            SOFFICE, "--headless", f"-env:UserInstallation=file://{out}/profile",
            "--convert-to", target, "--outdir", str(out), str(workbook),
        ],
        capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip


def test_libreoffice_shows_the_cells_as_written(small_body: Path, tmp_path: Path) -> None:
    result = prepare("monthly", small_body, tmp_path / "home", body_id="B1", period="2026-09")
    process = _convert(result.workbook, _EVERY_SHEET, tmp_path)
    assert "Error" not in process.stdout + process.stderr
    for sheet in ("证书信息表", "审核结果信息表"):
        with (tmp_path / f"{result.workbook.stem}-{sheet}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        names = rows[0][2:]
        seen = [dict(zip(names, row[2:], strict=True)) for row in rows[7:]]
        assert seen == records(result.workbook, sheet)


def test_libreoffice_opens_the_error_workbook(small_body: Path, tmp_path: Path) -> None:
    result = prepare("monthly", small_body, tmp_path / "home", body_id="B1", period="2026-09")
    process = _convert(result.path / "errors.xlsx", "pdf", tmp_path)
    assert "Error" not in process.stdout + process.stderr
    assert (tmp_path / "errors.pdf").read_bytes().startswith(b"%PDF")
