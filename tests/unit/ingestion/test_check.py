"""What `check` shows before anything is built. A failure means that it would say something else than landing
does, or that a clerk would have to mend a source fault by fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from dagster_project.commands.run import check as command
from dagster_project.warehouse.limits import limits
from ingestion.check import CLEAN, LOSSES, REFUSED, check, loss_lines, render, write_workbook
from ingestion.contract import contract
from ingestion.landing import land
from ingestion.landing.land import table_entry
from tests.support.small_source import Tables, small_source, write_source


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_source(tmp_path_factory.mktemp("whole") / "s")


def spoiled() -> Tables:
    """A fault of every fate."""
    tables = small_source()
    tables["internal_audit"] = [
        {"internal_audit_id": "I1", "body_id": "B1", "held_on": "26/2/1"},
        {"internal_audit_id": "", "body_id": "B1", "held_on": "2026-02-01"},
    ]
    tables["person"][1]["employment"] = "full-tme"
    tables["complaint"][0]["received_on"] = ""
    tables["audit_assignment"][0]["person_id"] = "P9"
    tables["certification_body"][0]["itsms_approved_on"] = "2015年6月1日"
    tables["nonconformity"].append(tables["nonconformity"][0] | {"grade": "major"})
    return tables


def test_a_whole_source_is_clean(whole: Path) -> None:
    report = check(str(whole), limits=limits())
    assert report.exit_code == CLEAN
    assert report.kinds == ()
    assert "没有损失" in render(report)


def test_the_report_says_what_landing_would_do(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s", spoiled())
    (folder / "备忘.csv").write_text("x\n", "utf-8")
    report = check(str(folder))
    manifest = land(str(folder), tmp_path / "home").manifest
    assert {name: table_entry(count) for name, count in report.tables.items()} == manifest["tables"]
    assert report.exit_code == LOSSES
    text = render(report)
    for told in (
        "internal_audit.csv:2",
        "26/2/1",
        "年份只有两位",
        "备忘.csv",
        "内部审核",
        "退出码 5",
        "占位",
    ):
        assert told in text
    assert f"来源 {report.rows_in} 行 = 入库 {report.rows_in - 3} 行 + 搁置 3 行 + 合并 0 行" in text
    assert "It can be landed, with losses" in render(report, "en")
    lines = loss_lines(manifest)
    assert "“内部审核”：搁置1行，置空1格（无法读取）。" in lines
    assert "“认证人员”：置空1格（无法读取），占位1条（被引用而来源中没有）。" in lines


def test_what_other_faults_follow_from_comes_first(tmp_path: Path) -> None:
    tables = small_source()
    tables["person"].append(tables["person"][0] | {"name": "另一人"})
    kinds = check(str(write_source(tmp_path / "s", tables))).kinds
    assert [(kind.fate, kind.reason, kind.follows) for kind in kinds] == [
        ("set_aside", "duplicate_key", False), ("stub", "set_aside_reference", True),
    ]  # fmt: skip
    # Registration, competence, assignment, mentor, decision, complaint: six rows lean on the key.
    assert kinds[1].cells == 6


def test_a_word_that_is_nearly_one_is_named_with_its_likeness(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s", spoiled())
    text = (folder / "certificate_event.csv").read_text("utf-8")
    (folder / "certificate_event.csv").write_text(text.replace("suspended_until", "暂停截止", 1), "utf-8")
    report = check(str(folder))
    (employment,) = [kind for kind in report.kinds if kind.column == "employment"]
    assert "“full-tme” → full_time（" in employment.hint
    assert [one.hint.partition("（")[0] for one in report.left_out if one.fate.name == "暂停截止"] == [
        "suspended_until 暂停截止日期"
    ]


def test_all_that_is_refused_is_told_at_once(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    for table, column in (("audit", "status"), ("certificate", "issued_on"), ("complaint", "kind")):
        text = (folder / f"{table}.csv").read_text("utf-8")
        (folder / f"{table}.csv").write_text(text.replace(column, "x", 1), "utf-8")
    report = check(str(folder))
    assert report.exit_code == REFUSED
    told = "\n".join(english for english, _ in report.refusals)
    assert all(named in told for named in ("audit.status", "certificate.issued_on", "complaint.kind"))


def test_a_load_that_would_be_refused_for_what_is_missing_is_told(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    land(str(folder), tmp_path / "home", limits=limits())
    (folder / "complaint.csv").unlink()
    assert check(str(folder), limits=limits()).exit_code == CLEAN
    report = check(str(folder), limits=limits(), home=tmp_path / "home")
    assert report.exit_code == REFUSED
    assert "上一批次的“申诉投诉”有1行" in render(report)


def test_nothing_is_written(whole: Path) -> None:
    before = sorted(whole.parent.rglob("*"))
    check(str(whole))
    assert sorted(whole.parent.rglob("*")) == before


def test_a_thousand_like_faults_are_shown_by_a_few_and_written_out_whole(tmp_path: Path) -> None:
    tables = small_source()
    tables["internal_audit"] = [
        {"internal_audit_id": f"I{at}", "body_id": "B1", "held_on": "[bold]soon"} for at in range(1000)
    ]
    report = check(str(write_source(tmp_path / "s", tables)))
    (kind,) = report.kinds
    assert (kind.cells, len(kind.examples)) == (1000, 5)
    assert "[bold]soon" in render(report)
    assert "1,000" in render(report)
    path = write_workbook(report, tmp_path / "out" / "faults.xlsx")
    sheet = openpyxl.load_workbook(path)["问题"]
    assert sheet.max_row == 1001
    assert [cell.value for cell in sheet[2]][:8] == [
        "置空", "内部审核", "internal_audit.csv", 2, "held_on", "内审日期",
        "“内审日期”不是日期，请按“年-月-日”填写。", "[bold]soon",
    ]  # fmt: skip


def test_a_fault_links_to_its_place_and_a_formula_is_only_text(tmp_path: Path) -> None:
    import xlsxwriter

    tables = small_source()
    folder = write_source(tmp_path / "s", tables)
    (folder / "internal_audit.csv").unlink()
    with xlsxwriter.Workbook(str(folder / "internal_audit.xlsx")) as book:
        sheet = book.add_worksheet("内审")
        sheet.write_row(0, 0, ["internal_audit_id", "body_id", "held_on"])
        sheet.write_row(1, 0, ["I1", "B1"])
        sheet.write_string(1, 2, "=1+cmd")
    path = write_workbook(check(str(folder)), tmp_path / "faults.xlsx", "en")
    row = openpyxl.load_workbook(path)["Faults"][2]
    assert (row[7].value, row[7].data_type) == ("=1+cmd", "s")
    assert row[10].hyperlink.target.endswith("internal_audit.xlsx")
    assert row[10].hyperlink.location == "'内审'!C2"


def test_the_command_ends_with_a_code_that_a_script_can_use(whole: Path, tmp_path: Path) -> None:
    def code(source: Path, *options: str) -> int:
        return CliRunner().invoke(command, ["--source", str(source), *options]).exit_code

    assert code(whole) == CLEAN
    lossy = shutil.copytree(whole, tmp_path / "lossy")
    rows = (lossy / "complaint.csv").read_text("utf-8")
    (lossy / "complaint.csv").write_text(rows.replace("2026-07-01", ""), "utf-8")
    assert code(lossy, "--lang", "en", "--out", str(tmp_path / "faults.xlsx")) == LOSSES
    assert (tmp_path / "faults.xlsx").is_file()
    (lossy / "audit.csv").unlink()
    assert code(lossy) == REFUSED


def test_every_column_that_decides_is_of_the_contract() -> None:
    """A misspelt name in a rule's entry would leave its column without a guard."""
    known = {
        f"{table.name}.{column.name}" for table in contract().tables.values() for column in table.columns
    }
    assert limits().deciding <= known | {name for name in limits().deciding if "." not in name}


def test_a_file_that_is_refused_hides_no_fault_of_the_others(tmp_path: Path) -> None:
    """Two files that cannot be opened, a table without a heading, a cell that cannot be read: told at once, in Chinese."""
    tables = small_source()
    tables["audit_site"][0]["headcount"] = "八十"
    folder = write_source(tmp_path / "s", tables)
    (folder / "complaint.csv").write_bytes(b"")
    (folder / "organization.csv").write_bytes(b"org_id,name\nO1,M\xfcller\n")
    (folder / "internal_audit.csv").write_text("internal_audit_id,held_on\nI1,2026-01-01\n", "utf-8")
    report = check(str(folder))
    assert report.exit_code == REFUSED
    said = "\n".join(zh for _, zh in report.refusals)
    for told in (
        "complaint.csv：文件为空",
        "organization.csv第2行：文本既不是UTF-8",
        "internal_audit.csv：缺少必需的列“机构编号”",
    ):
        assert told in said
    assert [(kind.table, kind.column) for kind in report.kinds if kind.fate == "emptied"] == [
        ("audit_site", "headcount")
    ]
    assert all(kind.follows for kind in report.kinds if kind.table == "organization")
    assert "headcount" in render(report)
