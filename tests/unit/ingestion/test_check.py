"""What `check` shows before anything is built. A failure means that it would say something else than landing
does."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from ingestion.check import check
from ingestion.errors import SourceRefused
from ingestion.landing import land
from tests.support.small_source import small_source, write_source


def test_the_report_says_what_landing_would_do(tmp_path: Path) -> None:
    tables = small_source()
    tables["internal_audit"][0]["held_on"] = "26/2/1"
    tables["certification_body"][0]["itsms_approved_on"] = "2015年6月1日"
    folder = write_source(tmp_path / "s", tables)
    (folder / "备忘.csv").write_text("x\n", "utf-8")
    report = check(str(folder))
    manifest = land(str(folder), tmp_path / "home").manifest
    assert {name: asdict(count) for name, count in report.tables.items()} == manifest["tables"]
    text = report.render()
    for told in (
        "internal_audit.csv",
        "26/2/1",
        "date_two_digit_year",
        "date_form 1",
        "备忘.csv",
        "内部审核",
    ):
        assert told in text
    assert f"{report.rows_in} rows in = {report.rows_in} to be landed + 0 set aside" in text


def test_nothing_is_written(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    before = sorted(tmp_path.rglob("*"))
    check(str(folder))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_thousand_like_faults_are_shown_by_a_few(tmp_path: Path) -> None:
    tables = small_source()
    tables["internal_audit"] = [
        {"internal_audit_id": f"I{at}", "body_id": "B1", "held_on": "[bold]soon"} for at in range(1000)
    ]
    report = check(str(write_source(tmp_path / "s", tables)))
    assert report.reasons == {("internal_audit", "held_on", "date_unreadable"): 1000}
    assert len(report.sample) == 5
    assert "[bold]soon" in report.render()
    assert "1,000" in report.render()


def test_what_landing_refuses_check_refuses(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit.csv").unlink()
    with pytest.raises(SourceRefused, match="audit"):
        check(str(folder))
