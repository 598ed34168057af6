"""What holds for every statistical file: same bytes, nobody named, text stays text, added words are kept."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from reports.submissions.opened import SubmissionRefused
from reports.submissions.preparing import prepare, prepare_all
from reports.submissions.result import SubmissionResult
from reports.submissions.statistics.figure_form_reading import load_form
from reports.submissions.supplement import SupplementRefused
from reports.warehouse import open_warehouse
from tests.integration.submissions.statistics.conftest import PREPARED
from tests.integration.submissions.statistics.reading import everything_in, lines_of

Prepared = dict[tuple[str, str, str], SubmissionResult]


def test_equal_records_give_equal_bytes(small_body: Path, prepared: Prepared, tmp_path: Path) -> None:
    for kind, period in PREPARED:
        for body, results in prepare_all(kind, small_body, tmp_path, period=period).items():
            for result in results:
                first = prepared[kind, body, result.manifest["period"]]
                names = sorted(path.name for path in first.path.iterdir())
                assert names == sorted(path.name for path in result.path.iterdir())
                for name in names:
                    assert (result.path / name).read_bytes() == (first.path / name).read_bytes(), name


def test_preparing_again_makes_no_version(small_body: Path, tmp_path: Path) -> None:
    first = prepare("annual", small_body, tmp_path, body_id="B1", period="2025")
    again = prepare("annual", small_body, tmp_path, body_id="B1", period="2025")
    assert (first.is_new, again.is_new, again.path) == (True, False, first.path)


def test_nobody_is_named(small_body: Path, prepared: Prepared) -> None:
    with open_warehouse(small_body) as connection:
        people = connection.execute(
            "select name, id_number, phone from staging.stg_person"
            " union all select contact_person, phone, legal_person from staging.stg_organization"
        ).fetchall()
    secrets = {str(value) for row in people for value in row if value} - {"联系人", "法定人"}
    assert len(secrets) > 10
    for result in prepared.values():
        text = everything_in(result.path)
        assert not [secret for secret in secrets if secret in text]


def test_no_cell_is_a_formula(prepared: Prepared) -> None:
    for result in prepared.values():
        for path in result.path.glob("*.xlsx"):
            for sheet in load_workbook(path):
                types = {cell.data_type for row in sheet.iter_rows() for cell in row}
                assert types <= {"s", "n", "inlineStr"}, path.name


def _supplement(folder: Path) -> dict[tuple[str, str], str]:
    form = load_form("annual-2026")
    assert form.document
    words = {
        ("registration", field.name): f"=1+1 {field.label}的内容"
        for field in form.registration
        if not field.source
    }
    words |= {("document", name): "第一段。\n第二段。" for name in form.document.asked}
    folder.mkdir(parents=True)
    with (folder / "supplement.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("sheet", "field", "value"))
        writer.writerows((*place, value) for place, value in words.items())
    return words


def test_what_a_person_adds_makes_the_file_ready(small_body: Path, tmp_path: Path) -> None:
    words = _supplement(tmp_path / "annual" / "B2" / "2025")
    result = prepare("annual", small_body, tmp_path, body_id="B2", period="2025")
    assert (result.ready, result.errors) == (True, 0)
    assert not [entry for entry in result.manifest["checks"]["failed"] if entry["sheet"] == "document"]
    assert result.manifest["supplement"] == {"lines": len(words), "cells_filled": len(words)}
    assert (result.path / "supplement.csv").is_file(), "the file could not be made anew without it"
    (document,) = result.path.glob("*.docx")
    lines = lines_of(document)
    assert lines.count("第一段。") == lines.count("第二段。") == 10
    assert "【请填写" not in "".join(lines)
    values = [cell.value for row in load_workbook(result.workbook)["登记表"]["B5:B21"] for cell in row]
    assert "=1+1 联系人的内容" in values
    assert "联系人的内容" not in "".join(lines), "the contact's name stands in 登记表 alone"


@pytest.mark.parametrize(
    "line",
    ["registration,approval,X", "document,plan,", "nowhere,name,X", "document,plan,A\ndocument,plan,B"],
)
def test_a_supplement_of_the_unknown_is_refused(small_body: Path, tmp_path: Path, line: str) -> None:
    folder = tmp_path / "annual" / "B1" / "2025"
    folder.mkdir(parents=True)
    (folder / "supplement.csv").write_text(f"sheet,field,value\n{line}\n", encoding="utf-8")
    with pytest.raises(SupplementRefused, match=r"supplement\.csv, line"):
        prepare("annual", small_body, tmp_path, body_id="B1", period="2025")


def test_records_are_never_replaced_by_a_supplement(small_body: Path, tmp_path: Path) -> None:
    folder = tmp_path / "annual" / "B1" / "2025"
    folder.mkdir(parents=True)
    (folder / "supplement.csv").write_text(
        "sheet,field,value\nregistration,name,另一机构\n", encoding="utf-8"
    )
    result = prepare("annual", small_body, tmp_path, body_id="B1", period="2025")
    values = [cell.value for row in load_workbook(result.workbook)["登记表"]["B5:B7"] for cell in row]
    assert "甲认证有限公司" in values and "另一机构" not in values


def test_periods_that_the_warehouse_does_not_hold(small_body: Path, tmp_path: Path) -> None:
    with pytest.raises(SubmissionRefused, match="2023 to 2026"):
        prepare("annual", small_body, tmp_path, body_id="B1", period="2019")
    with pytest.raises(SubmissionRefused, match="recipient 'ABC'"):
        prepare("monthly_statistics", small_body, tmp_path, body_id="B1", period="2026-09-ABC")


def test_monthly_statistics_are_a_matter_of_the_profile(small_body: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    shutil.copyfile(small_body, other)
    with duckdb.connect(str(other)) as connection:
        connection.execute("update marts.dim_run set profiles = 'cnca'")
    with pytest.raises(SubmissionRefused, match="profile zqhx"):
        prepare_all("monthly_statistics", other, tmp_path)


def test_every_figure_is_in_the_catalogue(small_body: Path) -> None:
    from reports.submissions.statistics.figures import measure_of

    with open_warehouse(small_body) as connection:
        known = connection.execute(
            "select distinct topic, measure from submissions.sub_statistics__figure"
        ).fetchall()
    for topic, measure in known:
        assert measure_of(topic, measure).meaning


def test_a_new_version_says_what_it_changes_and_names_nobody(small_body: Path, tmp_path: Path) -> None:
    first = prepare("annual", small_body, tmp_path, body_id="B2", period="2025")
    folder = tmp_path / "annual" / "B2" / "2025"
    (folder / "supplement.csv").write_text(
        "sheet,field,value\nregistration,contact,张三\nregistration,address,@某路1号\ndocument,plan,新的计划\n",
        encoding="utf-8",
    )
    second = prepare("annual", small_body, tmp_path, body_id="B2", period="2025")
    said = second.manifest["differences"]
    assert (first.path.name, said["against"], second.path.name) == ("v1", "v1", "v2")
    with (second.path / said["file"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert said["rows"] == len(rows) == 4
    cells = {
        row["key"].partition("|")[2]: (row["old"], row["new"]) for row in rows if row["sheet"] == "登记表"
    }
    assert cells == {
        "注册地址": ("【请填写】", "'@某路1号"),
        "联系人": ("（个人信息，不显示）", "（个人信息，不显示）"),
    }
    lines = [row["new"] for row in rows if row["sheet"] != "登记表"]
    assert [line for line in lines if "@某路1号" in line] and "新的计划" in lines
