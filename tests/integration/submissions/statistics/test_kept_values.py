"""The values kept beside a statistical file are those that its workbook and its document show."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from reports.submissions.kept_rows import ROWS, read_values
from reports.submissions.preparing import prepare
from reports.submissions.result import SubmissionResult
from reports.submissions.statistics.figure_difference import _cells, _lines, differences
from reports.submissions.statistics.figure_form_reading import load_form

Prepared = dict[tuple[str, str, str], SubmissionResult]


def test_values_are_those_that_the_files_show(prepared: Prepared) -> None:
    seen = {".xlsx": 0, ".docx": 0}
    for result in prepared.values():
        kept = read_values(result.path)
        assert kept is not None
        for path in sorted(result.path.glob("cnca-*")):
            # A line of 登记表 that nobody has said looks like a caption to who reads the workbook back.
            mine = [v for v in kept if v.file == path.name and v.sheet != "登记表"]
            shown = [v for v in (_cells if path.suffix == ".xlsx" else _lines)(path) if v.sheet != "登记表"]
            assert mine == shown, path.name
            seen[path.suffix] += len(mine)
    assert min(seen.values()) > 200


def test_the_manifest_proves_them(prepared: Prepared) -> None:
    for result in prepared.values():
        listed = {file["name"]: file["sha256"] for file in result.manifest["files"]}
        assert listed[ROWS] == hashlib.sha256((result.path / ROWS).read_bytes()).hexdigest()


def test_a_version_from_before_is_read_back(small_body: Path, tmp_path: Path) -> None:
    folder = tmp_path / "annual" / "B2" / "2025"
    first = prepare("annual", small_body, tmp_path, body_id="B2", period="2025")
    supplement = "sheet,field,value\nregistration,contact,张三\ndocument,plan,新的计划\n"
    (folder / "supplement.csv").write_text(supplement, encoding="utf-8")
    second = prepare("annual", small_body, tmp_path, body_id="B2", period="2025")
    old = Path(shutil.copytree(first.path, tmp_path / "old"))
    (old / ROWS).unlink()
    form = load_form("annual-2026")
    found = list(differences(first.path, second.path, form))
    assert len(found) == second.manifest["differences"]["rows"] == 2
    assert list(differences(old, second.path, form)) == found
