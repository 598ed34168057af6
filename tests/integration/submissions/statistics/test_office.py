"""LibreOffice opens every workbook and every document of the statistical files, with the figures in them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reports.submissions.result import SubmissionResult

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
Prepared = dict[tuple[str, str, str], SubmissionResult]

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        SOFFICE is None or PDFTOTEXT is None, reason="LibreOffice or poppler is not installed"
    ),
]


def test_libreoffice_opens_workbooks_and_documents(prepared: Prepared, tmp_path: Path) -> None:
    assert SOFFICE and PDFTOTEXT
    files = [
        path
        for (kind, body, period), result in sorted(prepared.items())
        if body == "B1" and period != "2025"
        for path in sorted(result.path.iterdir())
        if path.suffix in (".docx", ".xlsx") and path.name != "errors.xlsx"
    ]
    assert len(files) == 6
    errors = tmp_path / "errors.xlsx"
    shutil.copyfile(prepared["annual", "B1", "2026"].path / "errors.xlsx", errors)
    process = subprocess.run(  # noqa: S603 - our own files, our own program
        [
            SOFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files), str(errors),
        ],
        capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip
    assert "Error" not in process.stdout + process.stderr
    wanted = {
        "cnca-annual-B1-2026": "ITSMS现场审核人日",
        "cnca-annual-B1-2026-work-report": "本机构有效认证证书9张",
        "cnca-social-responsibility-B1-2026": "服务获证组织8家",
        "cnca-monthly-statistics-B1-2026-09-CNAS": "带认可标识的认证证书",
        "errors": "必填，记录中没有",
    }
    for stem, words in wanted.items():
        text = subprocess.run(  # noqa: S603 - our own file
            [PDFTOTEXT, str(tmp_path / f"{stem}.pdf"), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert words in "".join(text.split()), stem
