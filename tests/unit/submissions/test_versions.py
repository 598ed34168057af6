"""Versions: whole or not at all, never overwritten, no new one without a difference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingestion.file_names import safe_name
from ingestion.placing import drafting
from reports.submissions.versions import keep, latest_version

MANIFEST = {
    "files": [{"name": "a.xlsx", "sha256": "1"}],
    "ready": True,
    "form_profile": {"name": "f"},
    "as_of": "2026-10-05",
}


def _keep(parent: Path, manifest: dict[str, object], content: str = "a") -> tuple[Path, bool]:
    with drafting(parent) as draft:
        (draft / "a.xlsx").write_text(content)
        path, _, is_new = keep(draft, parent, manifest)
    return path, is_new


def test_versions_count_up_and_old_ones_stay(tmp_path: Path) -> None:
    first, is_new = _keep(tmp_path, MANIFEST, "first")
    assert (first.name, is_new) == ("v1", True)
    second, is_new = _keep(tmp_path, {**MANIFEST, "files": []}, "second")
    assert (second.name, is_new) == ("v2", True)
    assert (first / "a.xlsx").read_text() == "first"
    assert json.loads((second / "manifest.json").read_text())["version"] == 2


def test_the_same_content_makes_no_new_version_although_the_day_differs(tmp_path: Path) -> None:
    first, _ = _keep(tmp_path, MANIFEST)
    again, is_new = _keep(tmp_path, {**MANIFEST, "as_of": "2026-10-06"})
    assert (again, is_new) == (first, False)
    assert json.loads((first / "manifest.json").read_text())["as_of"] == "2026-10-05"
    assert [entry.name for entry in tmp_path.iterdir()] == ["v1"]


def test_a_version_from_before_its_rows_were_kept_is_no_other_for_lack_of_them(tmp_path: Path) -> None:
    first, _ = _keep(tmp_path, MANIFEST)
    rows = {"name": "rows-103010.parquet", "sha256": "2"}
    again, is_new = _keep(tmp_path, {**MANIFEST, "files": [{"name": "a.xlsx", "sha256": "1"}, rows]})
    assert (again, is_new) == (first, False)
    _, is_new = _keep(tmp_path, {**MANIFEST, "files": [{"name": "a.xlsx", "sha256": "3"}, rows]})
    assert is_new, "another workbook is another version"


def test_back_to_an_older_content_is_a_new_version(tmp_path: Path) -> None:
    # v3 equals v1, but what was filed last is v2: the correction must show.
    _keep(tmp_path, MANIFEST)
    _keep(tmp_path, {**MANIFEST, "ready": False})
    third, is_new = _keep(tmp_path, MANIFEST)
    assert (third.name, is_new) == ("v3", True)


def test_a_failed_draft_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), drafting(tmp_path) as draft:
        (draft / "a.xlsx").write_text("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    assert latest_version(tmp_path) == 0


def test_a_number_taken_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep(tmp_path, MANIFEST, "first")
    # Another process keeps v2 between our look and our rename.
    looks = iter([1, 2])
    with drafting(tmp_path) as draft:
        (draft / "a.xlsx").write_text("ours")
        _keep(tmp_path, {**MANIFEST, "files": [{"name": "theirs"}]}, "theirs")
        monkeypatch.setattr("reports.submissions.versions.latest_version", lambda _parent: next(looks))
        path, manifest, _ = keep(draft, tmp_path, {**MANIFEST, "files": [{"name": "ours"}]})
    assert (path.name, manifest["version"]) == ("v3", 3)
    assert (tmp_path / "v2" / "a.xlsx").read_text() == "theirs"


@pytest.mark.parametrize("name", ["B/1", "..", ".", "B\\1", "机构 1", "a%2Fb"])
def test_any_body_id_is_one_folder_of_its_own(name: str, tmp_path: Path) -> None:
    # An id from a source file must not lead out of the home directory.
    folder = tmp_path / safe_name(name)
    folder.mkdir()
    assert folder.resolve().parent == tmp_path.resolve()
    assert safe_name(name) != safe_name(name + "x")
