"""facts.csv: what an acceptance of the file proves. A wrong line would call something reported that is not."""

from __future__ import annotations

import csv
from pathlib import Path

from reports.submissions.preparing import prepare
from tests.integration.submissions.sheets import records


def facts(folder: Path) -> list[dict[str, str]]:
    with (folder / "facts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_month_establishes_its_certificates_and_itself(small_body: Path, tmp_path: Path) -> None:
    result = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09")
    found = facts(result.path)
    assert [line["subject_id"] for line in found if line["kind"] == "certification_result"] == [
        "C01", "C02", "C03", "C05", "C06", "C15",
    ]  # fmt: skip
    whole = {
        "kind": "monthly_report",
        "period": "2026-09",
        "subject_id": "",
        "recipient": "",
        "sheet": "",
        "row": "",
    }
    assert [line for line in found if line["kind"] == "monthly_report"] == [whole]
    assert result.manifest["subjects"] == len(found) == 7
    assert "facts.csv" in {file["name"] for file in result.manifest["files"]}


def test_the_row_is_the_spreadsheets_own(small_body: Path, tmp_path: Path) -> None:
    # A receipt names rows as the clerk sees them; one off, the wrong certificate would count as refused.
    result = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09")
    rows = records(result.workbook, "证书信息表")
    place = {row["CERT_NUMBER"]: str(number) for number, row in enumerate(rows, start=8)}
    found = {line["subject_id"]: line for line in facts(result.path)}
    assert found["C03"]["row"] == place["10126IT00003R1CNAS"]
    assert found["C03"]["sheet"] == "103010"
