"""A month prepared again: the same bytes, or a further version beside the first."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from reports.submissions.opened import SubmissionRefused
from reports.submissions.preparing import prepare


def _digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_a_rerun_elsewhere_gives_the_same_bytes(small_body: Path, tmp_path: Path) -> None:
    first = prepare("monthly", small_body, tmp_path / "one", body_id="B1", period="2026-09")
    second = prepare("monthly", small_body, tmp_path / "two", body_id="B1", period="2026-09")
    assert _digests(first.path) == _digests(second.path)


def test_preparing_twice_keeps_one_version(small_body: Path, tmp_path: Path) -> None:
    first = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09")
    again = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.path == first.path == tmp_path / "monthly" / "B1" / "2026-09" / "v1"
    assert again.manifest == first.manifest
    assert [entry.name for entry in first.path.parent.iterdir()] == ["v1"]


def test_a_correction_is_a_new_version_and_the_old_one_stays(small_body: Path, tmp_path: Path) -> None:
    first = prepare("monthly", small_body, tmp_path / "out", body_id="B2", period="2026-09")
    before = _digests(first.path)
    corrected = tmp_path / "corrected.duckdb"
    shutil.copy(small_body, corrected)
    with duckdb.connect(str(corrected)) as connection:
        connection.execute(
            "update submissions.sub_monthly__certificate_information"
            " set postcode = '002301' where body_id = 'B2'"
        )
    second = prepare("monthly", corrected, tmp_path / "out", body_id="B2", period="2026-09")
    assert (second.path.name, second.is_new) == ("v2", True)
    assert _digests(first.path) == before


def test_the_manifest_proves_the_files(small_body: Path, tmp_path: Path) -> None:
    result = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09")
    manifest = json.loads((result.path / "manifest.json").read_text(encoding="utf-8"))
    listed = {file["name"]: file["sha256"] for file in manifest["files"]}
    assert {**listed, "manifest.json": ""} == {**_digests(result.path), "manifest.json": ""}
    assert (manifest["as_of"], manifest["version"], manifest["period"]) == ("2026-10-05", 1, "2026-09")
    assert manifest["form_profile"]["name"] == "cnca-2016"
    assert manifest["batch_id"] and manifest["rule_set_version"]


def test_a_running_month_is_a_draft(small_body: Path, tmp_path: Path) -> None:
    # Filed before its end it would lack what still happens.
    result = prepare("monthly", small_body, tmp_path, body_id="B2", period="2026-10")
    assert (result.errors, result.ready) == (0, False)
    assert result.manifest["not_ready_because"] == ["2026年10月尚未结束，数据截至2026-10-05"]


def test_what_happens_later_does_not_change_a_month(small_body: Path, tmp_path: Path) -> None:
    # C13 is suspended on 2026-10-02: September knows nothing of it, October does.
    september = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09").manifest["sheets"][
        0
    ]["totals"]
    october = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-10").manifest["sheets"][0][
        "totals"
    ]
    assert (september["status_suspended"], october["status_suspended"]) == (1, 1)
    assert (september["report_type_changed"], october["report_type_changed"]) == (7, 1)


@pytest.mark.parametrize(
    ("body", "month", "message"),
    [
        ("B9", "2026-09", "B1, B2"),
        ("B1", "2026-11", "2024-11 to 2026-10"),
        ("B1", "2024-10", "2024-11 to 2026-10"),
        ("B1", "2026-9", "YYYY-MM"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(
    small_body: Path, tmp_path: Path, body: str, month: str, message: str
) -> None:
    with pytest.raises(SubmissionRefused, match=message):
        prepare("monthly", small_body, tmp_path, body_id=body, period=month)
    assert list(tmp_path.iterdir()) == []
