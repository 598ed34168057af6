"""Files as bodies have them: named anyhow, in folders, several of one table, in every encoding, with titles, totals and
notes. A failure means that rows are lost, invented or misread between a file and the landing without a word.
"""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
import xlsxwriter

from ingestion.errors import SourceRefused
from ingestion.landing import Batch, land
from tests.support.small_source import csv_text, landed, losses, small_source, write_source

HEADER = "org_id,name,registered_address\n"


def with_organizations(tmp_path: Path, name: str, content: str | bytes) -> Path:
    folder = write_source(tmp_path / "s")
    (folder / "organization.csv").unlink()
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def organizations(batch: Batch) -> list[tuple[str, str]]:
    return [(row["org_id"], row["name"]) for row in landed(batch, "organization")]


def left_out(batch: Batch, subject: str, reason: str) -> list[dict[str, object]]:
    return [
        fate
        for fate in batch.manifest["fates"]
        if fate["subject"] == subject and fate.get("reason") == reason
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("organization.tsv", "org_id\tname\nO1\t甲\nO2\t乙\n"),
        ("organization.txt", "org_id;name\r\nO1;甲\r\nO2;乙\r\n"),
        ("organization.csv", "sep=;\norg_id;name\nO1;甲\nO2;乙\n"),
        ("organization.csv", "org_id,name\r\r\nO1,甲\r\r\nO2,乙\r\r\n"),
        ("organization.csv.gz", gzip.compress("org_id,name\nO1,甲\nO2,乙\n".encode("gb18030"), mtime=0)),
        ("organization/2026/一月.csv", "org_id,name\nO1,甲\nO2,乙\n"),
        ("组织_2026-01.csv", "org_id,name\nO1,甲\nO2,乙\n"),
        ("organization - 副本 (2).csv", "org_id,name\nO1,甲\nO2,乙\n"),
        ("organization.csv", "org_id,name\nO1,甲\nO2,乙\n".encode("utf-16-le")),
        ("organization.csv", "org_id,name\nO1,甲\nO2,乙\n".replace("甲", "一").encode("utf-16-le")),
        ("organization.csv", "org_id,name\u2028O1,甲\u2028O2,乙\u2028"),
        ("organization.csv", "org_id,name\x85O1,甲\x85O2,乙"),
        ("organization.csv", "org_id,name\nO1,甲\rO2,乙\r\n\x00\x00\x00"),
        ("organization.csv", "org_id,name\nO1,甲\nO2,乙\n\x1a"),
        ("organization.csv", "sep=;\norg_id,name\nO1,甲\nO2,乙\n"),
        ("organization.csv", "sep=\t\norg_id\tname\nO1\t甲\nO2\t乙\n".encode("utf-16")),
        ("organization.xls", "org_id\tname\nO1\t甲\nO2\t乙\n".encode("gbk")),
        ("organization.xlsx", "org_id,name\nO1,甲\nO2,乙\n".encode("utf-16")),
        (
            "organization.csv",
            "客户台账\n导出日期：2026-01-01\n\n*组织编号（必填）,组织名称：\nO1,甲\nO2,乙\n",
        ),
    ],
)
def test_every_kind_of_text_file_gives_the_same_rows(tmp_path: Path, name: str, content: str | bytes) -> None:
    if name.startswith("组织"):
        name = name.replace("组织", "组织信息")
    batch = land(str(with_organizations(tmp_path, name, content)), tmp_path / "home")
    assert [(key, name.replace("一", "甲")) for key, name in organizations(batch)] == [
        ("O1", "甲"),
        ("O2", "乙"),
    ]
    assert batch.manifest["tables"]["organization"]["rows_in"] == 2


def test_rows_that_are_no_records_are_left_out_and_listed(tmp_path: Path) -> None:
    rows = [
        "O1,甲,杭州",
        "org_id,name,registered_address",
        "O2,乙,宁波",
        "合计,共2家,",
        "",
        "制表人：张三,,审核：李四",
        "注：含分支机构。",
    ]
    batch = land(
        str(with_organizations(tmp_path, "organization.csv", HEADER + "\n".join(rows))), tmp_path / "home"
    )
    assert organizations(batch) == [("O1", "甲"), ("O2", "乙")]
    assert losses(batch) == []
    assert [fate["line"] for fate in left_out(batch, "row", "repeated_heading")] == [3]
    assert [fate["line"] for fate in left_out(batch, "row", "total")] == [5]
    assert sorted(int(str(fate["line"])) for fate in left_out(batch, "row", "note")) == [7, 8]


def test_a_record_never_goes_for_what_its_other_cells_say(tmp_path: Path) -> None:
    """Names and addresses may hold the words of totals and notes."""
    rows = ["O1,合计,注：一路", "O2,总计科技有限公司,第1页 共2页"]
    batch = land(
        str(with_organizations(tmp_path, "organization.csv", HEADER + "\n".join(rows))), tmp_path / "home"
    )
    assert organizations(batch) == [("O1", "合计"), ("O2", "总计科技有限公司")]


def test_another_table_under_the_first_is_named_and_its_rows_are_no_records(tmp_path: Path) -> None:
    text = HEADER + "O1,甲,杭州\nO2,乙,\n\n不符合项编号,审核编号,不符合级别\nN1,A1,minor\n"
    batch = land(str(with_organizations(tmp_path, "organization.csv", text)), tmp_path / "home")
    assert organizations(batch) == [("O1", "甲"), ("O2", "乙")]
    assert [(fate["line"], fate["warns"]) for fate in left_out(batch, "row", "second_table")] == [
        (5, True),
        (6, True),
    ]


def test_headings_over_two_rows(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    text = (
        "注册人员,,注册资格,,有效期,\n人员编号,认证体系,注册编号,注册级别,起,至\n"
        "P1,ITSMS,N1,auditor,2024-01-01,2027-01-01\n"
    )
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(
        "columns:\n  auditor_registration:\n    person_id: [人员编号]\n    registration_no: [注册编号]\n    grade: [注册级别]\n"
        "    system: [认证体系]\n    valid_from: [有效期起]\n    valid_until: [有效期至]\n",
        "utf-8",
    )
    (folder / "auditor_registration.csv").write_text(text, "utf-8")
    (row,) = landed(land(str(folder), tmp_path / "home", mapping=mapping), "auditor_registration")
    assert (str(row["valid_from"]), str(row["valid_until"]), row["_source_row"]) == (
        "2024-01-01",
        "2027-01-01",
        3,
    )


def test_a_number_in_another_unit_is_not_read_as_the_contracts(tmp_path: Path) -> None:
    """注册资本 in yuan instead of ten thousands would be wrong by four digits."""
    text = "org_id,name,注册资本（元）\nO1,甲,15000000\nO2,乙,\n"
    batch = land(str(with_organizations(tmp_path, "organization.csv", text)), tmp_path / "home")
    assert landed(batch, "organization")[0]["registered_capital"] is None
    (fate,) = left_out(batch, "heading", "unit_differs")
    assert fate["warns"] is True


def test_columns_and_files_that_may_matter_are_warned_of_by_name(tmp_path: Path) -> None:
    text = "org_id,name,del_flag,颜色\nO1,甲,1,红\nO2,乙,0,绿\n"
    folder = with_organizations(tmp_path, "organization.csv", text)
    columns = ["event_id", "certificate_id", "seq", "event", "effective_on"]
    (folder / "旧数据.csv").write_text(csv_text(small_source()["certificate_event"], columns), "utf-8")
    (folder / "audit.docx").write_bytes(b"x")
    (folder / "资料.zip").write_bytes(b"PK")
    fates = land(str(folder), tmp_path / "home").manifest["fates"]
    warned = {str(fate.get("name") or fate["file"]): fate["reason"] for fate in fates if fate.get("warns")}
    assert warned == {
        "del_flag": "unknown_heading", "旧数据.csv": "looks_like_table", "audit.docx": "other_kind",
        "资料.zip": "archive",
    }  # fmt: skip
    assert [fate["name"] for fate in fates if fate["subject"] == "heading" and not fate.get("warns")] == [
        "颜色"
    ]


TRADITIONAL = "org_id,name\nO1,香港科技有限公司\nO2,臺灣數據股份有限公司\n"
JAPANESE = "org_id,name\nO1,トヨタ自動車株式会社\nO2,ソニーグループ\n"
SIMPLE = "O1,杭州甲科技有限公司\nO2,上海乙数据有限公司\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (TRADITIONAL.encode("big5"), r"organization\.csv, line 2: .*looks like Big5.*encodings"),
        (JAPANESE.encode("cp932"), r"organization\.csv, line 2: .*looks like Shift-JIS"),
        (b"org_id,name\n" + SIMPLE.encode("gbk") + "O3,丙云桥科技\nO4,丁\n".encode(), r"csv, line 2: .*two encodings"),
        (b"org_id,name\n" + SIMPLE.encode() + "O3,丙云桥科技\n".encode("gbk"), r"csv, line 4: .*two encodings"),
        ("org_id,name\nO1,甲\nO2,乙\ufffd\n".encode(), r"csv, line 3: characters were lost"),
        ("org_id,name\nO1,甲\nO2,乙\ue003公司\n".encode("gb18030"), r"csv, line 3: .*neither UTF-8 nor GB18030"),
        (b"org_id,name\nO1,M\xfcller\n", r"csv, line 2: .*neither UTF-8 nor GB18030"),
        (b"\xff\xfe", r"nothing but its encoding"),
        ("org_id,name\nO1,甲公司\n".encode("hz"), r"csv, line 2: .*seven-bit"),
        ("org_id,name\nO1,東京\n".encode("iso2022_jp"), r"csv, line 2: .*seven-bit"),
    ],
)  # fmt: skip
def test_an_encoding_that_cannot_be_proved_is_refused_with_the_line(
    tmp_path: Path, content: bytes, told: str
) -> None:
    with pytest.raises(SourceRefused, match=told):
        land(str(with_organizations(tmp_path, "organization.csv", content)), tmp_path / "home")


def test_an_encoding_that_the_mapping_names_is_read(tmp_path: Path) -> None:
    folder = with_organizations(tmp_path, "organization.csv", TRADITIONAL.encode("big5"))
    mapping = tmp_path / "mapping.yml"
    mapping.write_text("encodings: {organization.csv: big5}\n", "utf-8")
    batch = land(str(folder), tmp_path / "home", mapping=mapping)
    assert organizations(batch) == [("O1", "香港科技有限公司"), ("O2", "臺灣數據股份有限公司")]


def test_five_digits_in_a_text_file_are_no_day(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "internal_audit.csv").write_text("internal_audit_id,body_id,held_on\nI1,B1,19900\n", "utf-8")
    batch = land(str(folder), tmp_path / "home")
    assert [row["held_on"] for row in landed(batch, "internal_audit")] == [None]
    assert [(row["column_name"], row["raw_value"]) for row in losses(batch)] == [("held_on", "19900")]


def test_a_field_or_heading_without_end(tmp_path: Path) -> None:
    """Ten megabytes in one field cost that row, in the heading the file."""
    long = "x" * 10_000_000
    batch = land(
        str(with_organizations(tmp_path, "organization.csv", f"{HEADER}O1,甲,杭州\nO2,{long},\nO3,丙,\n")),
        tmp_path / "home",
        accept="test",
    )
    assert [row["org_id"] for row in landed(batch, "organization") if not row["is_stub"]] == ["O1", "O3"]
    assert "line_too_long" in [row["reason"] for row in losses(batch)]
    (tmp_path / "s" / "organization.csv").write_text(f"org_id,{long}\nO1,甲\n", "utf-8")
    with pytest.raises(SourceRefused, match=r"organization\.csv, line 1: .* no heading has"):
        land(str(tmp_path / "s"), tmp_path / "home")


def test_a_packed_file_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b"0" * 100_000_000)
    with pytest.raises(SourceRefused, match=r"organization\.csv\.gz: unpacks to more than"):
        land(str(with_organizations(tmp_path, "organization.csv.gz", bomb)), tmp_path / "home")


def test_all_files_that_cannot_be_opened_are_named_at_once(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    for name in ("audit.csv", "person.csv"):
        (folder / name).write_bytes(b"")
    with pytest.raises(
        SourceRefused, match=r"(?s)audit\.csv: the file is empty.*person\.csv: the file is empty"
    ):
        land(str(folder), tmp_path / "home")


def test_a_workbook_with_the_name_of_a_text_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    with xlsxwriter.Workbook(str(folder / "organization.csv")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["org_id", "name"])
        sheet.write_row(1, 0, ["O1", "甲"])
        sheet.write_row(2, 0, ["O2", "乙"])
    assert organizations(land(str(folder), tmp_path / "home")) == [("O1", "甲"), ("O2", "乙")]


def test_what_is_no_file_never_hangs_and_is_named(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    os.mkfifo(folder / "其他.csv")
    (folder / "circle").symlink_to(folder)
    batch = land(str(folder), tmp_path / "home")
    assert [fate["file"] for fate in left_out(batch, "file", "no_file")] == ["其他.csv"]
    assert [fate["file"] for fate in left_out(batch, "folder", "seen")] == ["circle"]
    assert losses(batch) == []
    (folder / "complaint.csv").unlink()
    (folder / "complaint.csv").symlink_to("/dev/zero")
    with pytest.raises(SourceRefused, match=r"complaint\.csv: there is no file"):
        land(str(folder), tmp_path / "home")


def test_what_names_something_that_matters_is_warned_of(tmp_path: Path) -> None:
    """A list of suspensions beside the records, a half-loaded table, a sheet of revocations, hidden or not."""
    folder = write_source(tmp_path / "s")
    (folder / "暂停名单.docx").write_bytes(b"x")
    (folder / "名单.csv").write_text("序号,证书,撤销日期\n1,C1,2026-01-01\n", "utf-8")
    (folder / "audit.csv.crdownload").write_bytes(b"x")
    (folder / "照片.docx").write_bytes(b"x")
    with xlsxwriter.Workbook(str(folder / "台账.xlsx")) as book:
        book.add_worksheet("说明").write(0, 0, "按月填写")
        book.add_worksheet("已撤销").write_row(0, 0, ["序号", "证书"])
        hidden = book.add_worksheet("旧")
        hidden.write_row(0, 0, ["a", "b"])
        hidden.hide()
        sheet = book.add_worksheet("complaint")
        sheet.write_row(0, 0, ["complaint_id", "body_id", "kind", "received_on"])
    fates = land(str(folder), tmp_path / "home").manifest["fates"]
    warned = {str(fate.get("sheet") or fate["file"]): fate["reason"] for fate in fates if fate.get("warns")}
    assert warned == {
        "暂停名单.docx": "no_table", "名单.csv": "no_table", "audit.csv.crdownload": "other_kind",
        "已撤销": "no_table", "旧": "hidden_no_table",
    }  # fmt: skip


def test_a_column_without_a_heading_is_named_if_something_stands_in_it(tmp_path: Path) -> None:
    text = ",org_id,name,,\n1,O1,甲,已撤销,\n2,O2,乙,,\n"
    batch = land(str(with_organizations(tmp_path, "organization.csv", text)), tmp_path / "home")
    assert organizations(batch) == [("O1", "甲"), ("O2", "乙")]
    found = [
        (fate["name"], fate["rows"], fate.get("warns", False))
        for fate in left_out(batch, "heading", "no_heading")
    ]
    assert found == [("A", 2, False), ("D", 1, True)]


def test_headings_in_another_order_are_those_of_another_list(tmp_path: Path) -> None:
    """Its values would land in the columns of the first."""
    text = "org_id,name,business_address\nO1,甲,杭州\norg_id,name,registered_address\nO2,乙,上海\n"
    batch = land(str(with_organizations(tmp_path, "organization.csv", text)), tmp_path / "home")
    assert [row["org_id"] for row in landed(batch, "organization") if not row["is_stub"]] == ["O1"]
    assert [fate["line"] for fate in left_out(batch, "row", "second_table")] == [3, 4]


def test_a_total_in_any_part_of_a_key_is_no_record_and_a_named_record_stays(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit_assignment.csv").write_text(
        "audit_id,person_id,role,onsite_start,onsite_end,onsite_days\n"
        "A1,P1,leader,2026-05-10,2026-05-12,2.5\nA1,合计,,,,2.5\n", "utf-8",
    )  # fmt: skip
    (folder / "organization.csv").write_text(
        "org_id,name,staff_total\nO1,甲,5\nO2,乙,5\n丙公司,,6\n平均,,5\n", "utf-8"
    )
    batch = land(str(folder), tmp_path / "home")
    assert [row["person_id"] for row in landed(batch, "audit_assignment")] == ["P1"]
    assert not any(row["is_stub"] for row in landed(batch, "person"))
    assert [row["org_id"] for row in landed(batch, "organization")] == ["O1", "O2", "丙公司"]
