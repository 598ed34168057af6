"""The numbers in the files are the numbers in the marts."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.submissions import prepare, prepare_all
from reports.warehouse import open_warehouse
from tests.integration.submissions.sheets import records


@pytest.mark.parametrize("month", ["2025-03", "2026-03", "2026-06", "2026-09"])
def test_files_reconcile_with_the_monthly_statistics(small_body: Path, tmp_path: Path, month: str) -> None:
    results = prepare_all("monthly", small_body, tmp_path, period=month)
    with open_warehouse(small_body) as connection:
        for body, (result,) in results.items():
            row = connection.execute(
                "select coalesce(sum(issued + renewed), 0),"
                " coalesce(sum(suspended + restored + revoked + cancelled + expired), 0)"
                " from marts.fct_monthly_statistics"
                " where body_id = ? and system = 'ITSMS' and strftime(month, '%Y-%m') = ?",
                [body, month],
            ).fetchone()
            assert row is not None
            certificates = records(result.workbook, "证书信息表")
            issues = [
                r for r in certificates if r["AWARD_DATE"].startswith(month) and r["REPORT_TYPE"] != "05"
            ]
            assert len(issues) == row[0], f"{body}: certificates issued"
            changes = [code for r in certificates for code in r["CHG_TYP_CODE"].split("；")]
            of_status = [code for code in changes if code.startswith("97_") or code == "197"]
            assert len(of_status) == row[1], f"{body}: changes of status"


def test_manifest_totals_are_those_of_the_cells(small_body: Path, tmp_path: Path) -> None:
    result = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09")
    certificates, members = (entry for entry in result.manifest["sheets"])
    rows = records(result.workbook, "证书信息表")
    assert certificates["rows"] == len(rows)
    assert certificates["totals"]["certificates"] == len({row["CERT_NUMBER"] for row in rows})
    assert certificates["totals"]["report_type_new"] == sum(row["REPORT_TYPE"] == "01" for row in rows)
    assert certificates["totals"]["status_revoked"] == sum(row["CERTI_STATUS"] == "03" for row in rows)
    days = sum(float(row["CHK_PD_NUM"] or 0) for row in rows)
    assert float(certificates["totals"]["audit_person_days"]) == days
    assert members["rows"] == len(records(result.workbook, "审核结果信息表"))
