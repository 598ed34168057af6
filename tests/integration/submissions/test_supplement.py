"""A clerk's additions make a file ready: they fill what no record holds, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.submissions.preparing import prepare
from reports.submissions.supplement import SupplementRefused
from tests.integration.submissions.sheets import records

HEADER = "sheet,key,report_type,field,value\n"


def _supplement(out_root: Path, text: str, body: str = "B1") -> None:
    folder = out_root / "monthly" / body / "2026-09"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "supplement.csv").write_text(HEADER + text, encoding="utf-8")


def test_empty_cells_are_filled_and_checked_and_kept(small_body: Path, tmp_path: Path) -> None:
    without = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09")
    _supplement(
        tmp_path,
        "103010,101-2025-itsms-0009-R0-M,05,CHK_P_LIST,决定人戊\n"
        "103010,101-2025-ITSMS-0009-R0-M,,APP_ASS_DATE,2026-13-06\n"
        "103010,10126IT00014R1CNAS,,PROGRAM_FILENO,CX-12\n",
    )
    result = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09")
    rows = {row["CERT_NUMBER"]: row for row in records(result.workbook, "证书信息表")}
    assert rows["101-2025-ITSMS-0009-R0-M"]["CHK_P_LIST"] == "决定人戊"
    assert rows["10126IT00014R1CNAS"]["PROGRAM_FILENO"] == "CX-12"
    # Two obligations are met; the date that was added is no date, and takes the place of the third.
    assert result.errors == without.errors - 2
    assert ("APP_ASS_DATE", "date") in {(f["field"], f["check"]) for f in result.manifest["checks"]["failed"]}
    assert result.manifest["supplement"] == {"lines": 3, "cells_filled": 3}
    assert result.path.name == "v2"
    assert (result.path / "supplement.csv").is_file()


def test_what_the_records_say_is_never_replaced(small_body: Path, tmp_path: Path) -> None:
    _supplement(tmp_path, "103010,20226IT00001R000,01,ORG_NAME,别的名称\n", body="B2")
    result = prepare("monthly", small_body, tmp_path, body_id="B2", period="2026-09")
    assert records(result.workbook, "证书信息表")[0]["ORG_NAME"] == "乙一科技有限公司"
    assert result.manifest["supplement"] == {"lines": 1, "cells_filled": 0}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("103010,C1,,ORG_NAMES,x\n", "line 2: sheet 103010, field ORG_NAMES"),
        ("103012,C1,,ORG_NAME,x\n", "line 2: sheet 103012"),
        ("103010,C1,,ORG_NAME,\n", "line 2"),
        ("103010,,,ORG_NAME,x\n", "line 2"),
        ('103010,C1,,ORG_NAME,"x\n', "not a UTF-8 CSV file"),
    ],
)
def test_a_supplement_that_cannot_be_meant_is_refused(
    small_body: Path, tmp_path: Path, text: str, message: str
) -> None:
    _supplement(tmp_path, text, body="B2")
    with pytest.raises(SupplementRefused, match=message):
        prepare("monthly", small_body, tmp_path, body_id="B2", period="2026-09")
