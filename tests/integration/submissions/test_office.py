"""LibreOffice opens what is filed, without complaint and without a changed character."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from reports.submissions.records.sheet_workbook import write_form
from tests.integration.submissions.conftest import Prepared
from tests.integration.submissions.sheets import records, table
from tests.unit.submissions.filled_form import CERTIFICATE, FORM, checked
from tests.unit.submissions.test_workbook import HOSTILE

SOFFICE = shutil.which("soffice")
# Tokens of the CSV filter: comma, quote, UTF-8, from row 1, cells as shown, a file per sheet.
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
_FILES = [
    ("monthly", "cnca-2016"), ("audit_plan", "cnca-2016"), ("audit_plan", "cnca-2021"), ("status_change", "cnca-2016"),
]  # fmt: skip

pytestmark = [pytest.mark.office, pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")]


def _convert(target: str, out: Path, *files: Path) -> None:
    """One start of the program for all files: starting is what takes time."""
    assert SOFFICE
    process = subprocess.run(  # noqa: S603 - our own file, our own program
        [
            SOFFICE, "--headless", f"-env:UserInstallation=file://{out}/profile",
            "--convert-to", target, "--outdir", str(out), *map(str, files),
        ],
        capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip
    assert "Error" not in process.stdout + process.stderr


def _copies(prepared: Prepared, name: str, out: Path) -> dict[tuple[str, str], Path]:
    """The named file of each kind and form under a name of its own; '' is the workbook."""
    found = {}
    for key in _FILES:
        result = prepared[key]["B1"]
        found[key] = out / f"{'-'.join(key)}.xlsx"
        shutil.copy(result.path / name if name else result.workbook, found[key])
    return found


def test_libreoffice_shows_the_cells_as_written(prepared: Prepared, tmp_path: Path) -> None:
    copies = _copies(prepared, "", tmp_path)
    _convert(_EVERY_SHEET, tmp_path, *copies.values())
    for path in copies.values():
        for sheet in CalamineWorkbook.from_path(str(path)).sheet_names:
            with (tmp_path / f"{path.stem}-{sheet}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            names = rows[0][2:]
            seen = [dict(zip(names, row[2:], strict=True)) for row in rows[7:]]
            assert [row for row in seen if any(row.values())] == records(path, sheet), f"{path.name} {sheet}"


def test_links_of_the_error_list_lead_to_the_file_beside_it(prepared: Prepared, tmp_path: Path) -> None:
    copies = _copies(prepared, "errors.xlsx", tmp_path)
    _convert("fods", tmp_path, *copies.values())
    for key, path in copies.items():
        text = path.with_suffix(".fods").read_text(encoding="utf-8")
        assert 'office:value-type="string"' in text
        assert "table:formula" not in text
        targets = [unquote(link).replace("&apos;", "'") for link in re.findall(r'xlink:href="([^"]*)"', text)]
        assert [target.rsplit("/", 1)[-1] for target in targets] == [
            f"{prepared[key]['B1'].workbook.name}#'{line['工作表']}'!{line['定位']}"
            for line in table(path, "清单")
        ]


def test_what_clients_typed_survives_a_clerk_who_saves_the_file(tmp_path: Path) -> None:
    # =, +, -, @, leading zeros, eighteen digits and more: opened and saved by LibreOffice, all text as before.
    path = tmp_path / "hostile.xlsx"
    typed = [*HOSTILE, "0123456789012345678901", "00012", "1.10", "５", "'quoted", "1/2", "=1+1；@x"]
    rows = [
        {**CERTIFICATE, "certificate_no": f"C{place}", "org_name": name} for place, name in enumerate(typed)
    ]
    write_form(checked({"103010": rows}), FORM, {"103010": len(rows)}, path)
    saved = tmp_path / "saved"
    _convert("xlsx:Calc MS Excel 2007 XML", saved, path)
    read = [row["ORG_NAME"] for row in records(saved / path.name, "证书信息表")]
    assert read == typed
    assert {row["ORG_ZIP"] for row in records(saved / path.name, "证书信息表")} == {"002300"}
