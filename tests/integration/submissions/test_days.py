"""What is to be reported on a day: the plans and the changes of status, no more and no less."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from reports.submissions.opened import SubmissionRefused
from reports.submissions.preparing import prepare, prepare_all
from reports.submissions.supplement import SupplementRefused
from tests.integration.submissions.conftest import Prepared
from tests.integration.submissions.sheets import records
from tests.integration.submissions.test_facts import facts


def test_plans_that_are_owed_and_not_settled_are_in_the_file(prepared: Prepared) -> None:
    # Accepted, waiting, later, past and off-site plans are not; a rejected one comes again.
    found = {line["subject_id"] for line in facts(prepared["audit_plan", "cnca-2021"]["B1"].path)}
    assert found == {"A501", "A502", "A503", "A505", "A511"}


def test_each_event_is_a_fact_of_its_certificates_row(prepared: Prepared) -> None:
    result = prepared["status_change", "cnca-2016"]["B1"]
    rows = records(result.workbook, "证书信息表")
    found = {line["subject_id"]: rows[int(line["row"]) - 8] for line in facts(result.path)}
    assert {event: (row["CERT_NUMBER"][-9:-5], row["CHG_TYP_CODE"]) for event, row in found.items()} == {
        "E03": ("0008", "97_01"), "E05": ("0009", "97_02"), "E08": ("0010", "97_03"), "E10": ("0013", "97_01"),
    }  # fmt: skip


def test_two_events_of_a_certificate_are_one_row_and_two_facts(small_body: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "rejected.duckdb"
    shutil.copy(small_body, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "insert into submissions.sub_status_change__event"
            " select * replace ('E04' as event_id, 'suspended' as event)"
            " from submissions.sub_status_change__event where event_id = 'E05'"
        )
    result = prepare("status_change", warehouse, tmp_path, body_id="B1")
    lines = [line for line in facts(result.path) if line["subject_id"] in ("E04", "E05")]
    assert len(lines) == 2
    assert len({line["row"] for line in lines}) == 1
    assert result.manifest["sheets"][0]["rows"] == 4


def test_nothing_to_report_is_an_empty_file_that_says_so(prepared: Prepared) -> None:
    manifest = prepared["status_change", "cnca-2016"]["B2"].manifest
    assert (manifest["subjects"], manifest["sheets"][0]["rows"], manifest["checks"]["errors"]) == (0, 0, 0)


def test_the_form_in_force_is_taken_and_another_can_be_asked_for(small_body: Path, tmp_path: Path) -> None:
    manifest = prepare("audit_plan", small_body, tmp_path / "a", body_id="B2").manifest
    assert manifest["form_profile"]["name"] == "cnca-2021"
    manifest = prepare("audit_plan", small_body, tmp_path / "b", body_id="B2", profile="cnca-2016").manifest
    assert manifest["form_profile"]["name"] == "cnca-2016"


def test_a_clerk_adds_the_hour_that_no_record_holds(small_body: Path, tmp_path: Path) -> None:
    folder = tmp_path / "audit_plan" / "B2" / "2026-10-05"
    folder.mkdir(parents=True)
    (folder / "supplement.csv").write_text(
        "sheet,key,report_type,field,value\n"
        "102010,A510,,AUDIT_START_DATE,2026-10-12 09:00:00\n"
        "102010,A510,,AUDIT_END_DATE,2026-10-13 17:00:00\n"
        "102010,A510,,REMARK,首日下午在分场所\n",
        encoding="utf-8",
    )
    result = prepare("audit_plan", small_body, tmp_path, body_id="B2")
    (row,) = records(result.workbook, "审核计划信息表")
    # The hour of the recorded day; another day than the records' is not taken.
    assert (row["AUDIT_START_DATE"], row["AUDIT_END_DATE"]) == ("2026-10-12 09:00:00", "2026-10-12 00:00:00")
    assert row["REMARK"] == "首日下午在分场所"
    assert result.manifest["supplement"] == {"lines": 3, "cells_filled": 2}
    # 09:00 to 00:00 of the same day is an end before the start: the clerk must give both hours.
    assert [entry["check"] for entry in result.manifest["checks"]["failed"]] == ["102010-05-a"]


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        ("audit_plan", {"body_id": "B1", "period": "2026-10-04"}, "speaks of 2026-10-05"),
        ("audit_plan", {"body_id": "B1", "period": "2026-10"}, "YYYY-MM-DD"),
        ("status_change", {"body_id": "B9"}, "B1, B2"),
        ("status_change", {"body_id": "B1", "profile": "cnca-2021"}, "there is cnca-2016"),
        ("plans", {"body_id": "B1"}, "audit_plan"),
    ],
)
def test_what_is_not_there_is_refused(
    small_body: Path, tmp_path: Path, kind: str, arguments: dict[str, str], message: str
) -> None:
    with pytest.raises(SubmissionRefused, match=message):
        prepare_all(kind, small_body, tmp_path, **arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_supplement_of_the_old_form_is_refused_with_the_columns(small_body: Path, tmp_path: Path) -> None:
    folder = tmp_path / "audit_plan" / "B2" / "2026-10-05"
    folder.mkdir(parents=True)
    (folder / "supplement.csv").write_text("sheet,certificate_no,report_type,field,value\n", encoding="utf-8")
    with pytest.raises(SupplementRefused, match="sheet, key, report_type, field, value"):
        prepare("audit_plan", small_body, tmp_path, body_id="B2")
