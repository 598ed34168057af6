"""The demo, end to end: what a newcomer sees first. A failure means that the README's first command does not give
the warehouse, the dashboard and the workbook that it promises."""

from __future__ import annotations

from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

from tests.support.command import certhouse


def test_demo_gives_warehouse_dashboard_and_workbook(tmp_path: Path) -> None:
    done = certhouse("demo", "--certificates", "200", "--as-of", "2026-11-15", "--home", str(tmp_path))
    assert done.returncode == 0, done.stderr

    published = (
        tmp_path
        / "warehouse"
        / (tmp_path / "warehouse" / "CURRENT").read_text(encoding="utf-8").splitlines()[0]
    )
    with duckdb.connect(str(published), read_only=True) as connection:
        counts = connection.execute(
            "select (select count(*) from marts.dim_certificate), (select count(*) from meta.quarantine),"
            " (select count(distinct rule_id) from marts.fct_rule_evaluation where population > 0)"
        ).fetchall()[0]
    certificates, quarantined, rules_with_subjects = counts
    # Certificates that the demo dates after as_of are plans of nobody: there are none.
    assert (certificates, quarantined) == (200, 0)
    assert rules_with_subjects > 80, "rules that see nothing pass nothing"

    assert (tmp_path / "reports" / "2026-11-15" / "index.html").is_file()
    (workbook,) = (tmp_path / "submissions" / "monthly").rglob("cnca-monthly-*.xlsx")
    assert CalamineWorkbook.from_path(workbook).sheet_names == ["证书信息表", "审核结果信息表"]
    assert "2026-10" in done.stdout
