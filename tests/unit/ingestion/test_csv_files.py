"""CSV files as real systems export them. A failure means that a body's export would be refused, or read
wrongly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingestion.contract import contract
from ingestion.errors import SourceRefused
from ingestion.landing import land
from tests.support.small_source import (
    csv_text,
    headings,
    landed,
    losses,
    small_source,
    write_source,
)
from tests.unit.ingestion.conftest import Land

ORGANIZATIONS = ("org_id", "name", "registered_address")


def write_organizations(folder: Path, content: bytes) -> Path:
    """The small source with other bytes as its organizations."""
    write_source(folder)
    (folder / "organization.csv").write_bytes(content)
    return folder


def test_a_clean_source_lands_whole_and_typed(land_tables: Land) -> None:
    tables = small_source()
    batch = land_tables(tables)
    assert losses(batch) == []
    for table, rows in tables.items():
        count = batch.manifest["tables"][table]
        assert (count["rows_in"], count["landed"]) == (len(rows), len(rows))
        assert not any(
            count[name] for name in ("set_aside", "merged", "stubs", "emptied", "missing", "repairs")
        )
        assert [row["_source_row"] for row in landed(batch, table)] == list(range(2, len(rows) + 2))
    (certificate, _) = landed(batch, "certificate")
    assert certificate["issued_on"] == date(2026, 6, 8)
    assert certificate["cycle_no"] == 0
    assert certificate["accredited"] is True
    assert certificate["standard"] is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_and_line_ends_make_no_difference(tmp_path: Path, encoding: str, line_end: str) -> None:
    batch = land(str(write_source(tmp_path / "s", encoding=encoding, line_end=line_end)), tmp_path / "home")
    assert losses(batch) == []
    assert landed(batch, "organization")[0]["name"] == "甲科技有限公司"
    assert [row["_source_row"] for row in landed(batch, "organization")] == [2, 3]


def test_old_macintosh_line_ends(tmp_path: Path) -> None:
    batch = land(str(write_source(tmp_path / "s", line_end="\r")), tmp_path / "home")
    assert [row["org_id"] for row in landed(batch, "organization")] == ["O1", "O2"]


def test_blank_lines_are_no_rows_and_keep_the_line_numbers(tmp_path: Path) -> None:
    content = "\n\norg_id,name,registered_address\n\nO1,甲,杭州\n,,\n   \n　\n ,　,\nO2,乙,\n\n"
    batch = land(str(write_organizations(tmp_path / "s", content.encode())), tmp_path / "home")
    assert [(row["_source_row"], row["org_id"]) for row in landed(batch, "organization")] == [
        (5, "O1"),
        (10, "O2"),
    ]
    assert batch.manifest["tables"]["organization"]["rows_in"] == 2


def test_empty_rows_of_commas_alone_are_no_rows(tmp_path: Path) -> None:
    """A plain file: the fast way of reading must leave them out too."""
    content = "org_id,name,registered_address\nO1,甲,杭州\n,,\nO2,乙,\n,,\n"
    batch = land(str(write_organizations(tmp_path / "s", content.encode())), tmp_path / "home")
    assert [(row["_source_row"], row["org_id"]) for row in landed(batch, "organization")] == [
        (2, "O1"),
        (4, "O2"),
    ]


def test_quoted_fields_hold_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    content = 'org_id,name,registered_address\nO1,"甲, ""科技""","一路\n二号"\nO2,乙,三路\n'
    batch = land(str(write_organizations(tmp_path / "s", content.encode())), tmp_path / "home")
    first, second = landed(batch, "organization")
    assert (first["name"], first["registered_address"]) == ('甲, "科技"', "一路\n二号")
    assert (first["_source_row"], second["_source_row"]) == (2, 4)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_that_do_not_fit_go_to_quarantine_with_their_line(tmp_path: Path, line_end: str) -> None:
    lines = [
        "org_id,name,registered_address",
        "O1,甲,杭州",
        "O3,丙",
        "O4,丁,京,沪",
        "O5,戊,深,",
        'O6,"己,庚',
        "O2,乙,",
    ]
    batch = land(
        str(write_organizations(tmp_path / "s", (line_end.join(lines) + line_end).encode())), tmp_path / "h"
    )
    assert [(row["_source_row"], row["org_id"]) for row in landed(batch, "organization")] == [
        (2, "O1"),
        (5, "O5"),
        (7, "O2"),
    ]
    found = [row for row in losses(batch) if row["table_name"] == "organization"]
    assert [(row["source_row"], row["reason"]) for row in found] == [
        (3, "field_count"), (4, "field_count"), (6, "malformed_quotes"),
    ]  # fmt: skip
    organizations = batch.manifest["tables"]["organization"]
    assert (organizations["rows_in"], organizations["repairs"]["trailing_separators"]) == (6, 1)
    assert {row["source_file"] for row in found} == {"organization.csv"}


def test_the_raw_line_is_shown_only_where_the_table_holds_no_personal_data(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    for table, line in (("person", "P9,B1,王五,,,13912345678"), ("internal_audit", "I9,B1")):
        path = folder / f"{table}.csv"
        path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")
    raw = {row["table_name"]: row["raw_value"] for row in losses(land(str(folder), tmp_path / "home"))}
    assert raw == {"person": "***", "internal_audit": "I9,B1"}


def test_column_order_case_width_and_chinese_headings_make_no_difference(tmp_path: Path) -> None:
    content = " 组织名称 ,ORG_ID,注册资本,Staff Total,ＵＳＣＣ\n甲,O1,12.5,80,91330100MA2ABCDE1X\n乙,O2,,,\n"
    batch = land(str(write_organizations(tmp_path / "s", content.encode())), tmp_path / "home")
    row = landed(batch, "organization")[0]
    assert (row["org_id"], row["name"], row["staff_total"], row["uscc"]) == (
        "O1",
        "甲",
        80,
        "91330100MA2ABCDE1X",
    )
    assert float(row["registered_capital"]) == 12.5


def test_unknown_columns_are_kept_out_and_listed(tmp_path: Path) -> None:
    content = "org_id,备注,name,\nO1,x,甲,\nO2,y,乙,\n"
    batch = land(str(write_organizations(tmp_path / "s", content.encode())), tmp_path / "home")
    assert batch.manifest["unknown_columns"] == {"organization": ["备注"]}
    assert list(landed(batch, "organization")[0]) == [
        *headings("organization"), "is_stub", "unreadable_columns", "_source_row",
    ]  # fmt: skip


def test_names_of_files_make_no_difference_in_case_and_may_be_chinese(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit.csv").rename(folder / "AUDIT.CSV")
    (folder / "certificate.csv").rename(folder / "认证证书.csv")
    (folder / "~$lock.xlsx").write_bytes(b"x")
    (folder / "notes.txt").write_text("x")
    batch = land(str(folder), tmp_path / "home")
    assert (
        batch.manifest["tables"]["audit"]["landed"] == batch.manifest["tables"]["certificate"]["landed"] == 2
    )
    assert batch.manifest["unknown_files"] == ["notes.txt"]


def test_absent_optional_tables_and_columns_are_empty(tmp_path: Path) -> None:
    tables = {
        t: small_source()[t] for t in ("certification_body", "organization", "person", "audit", "certificate")
    }
    folder = write_source(tmp_path / "s", tables)
    (folder / "person.csv").write_text("person_id,body_id,name,employment\nP1,B1,张三,专职\n", "utf-8")
    batch = land(str(folder), tmp_path / "home")
    assert landed(batch, "complaint") == []
    assert landed(batch, "person")[0]["left_on"] is None
    assert len(list(batch.path.glob("*.parquet"))) == len(contract().tables) + 2


def test_header_only_is_an_empty_table(land_tables: Land) -> None:
    batch = land_tables({**small_source(), "complaint": []})
    assert batch.manifest["tables"]["complaint"]["rows_in"] == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\n \n\n", "only blank lines"),
        (b"O1;x\nO2;y\n", "row 1 is no heading row"),
        (b"org_id,registered_address\nO1,x\n", "organization.name"),
        ("org_id,name,组织名称\nO1,x,y\n".encode(), "organization.name"),
        (b"org_id,name\nO1,\xff\xfe\xfd\n", "neither UTF-8 nor GB18030"),
        ("org_id,name\nO1,甲科技有限公司乙数据有限公司".encode()[:-1] + b"\n", "broken characters"),
        (b"PK\x03\x04\x00\x00\x00binary\x00", "organization.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path, content: bytes, told: str) -> None:
    folder = write_organizations(tmp_path / "s", content)
    with pytest.raises(SourceRefused) as refused:
        land(str(folder), tmp_path / "home")
    assert "organization" in str(refused.value)
    assert told in str(refused.value)
    assert list((tmp_path / "home" / "landing").iterdir()) == []


def test_a_required_table_that_is_missing_is_refused_by_name(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit.csv").rename(folder / "audits.csv")
    with pytest.raises(SourceRefused, match=r"audit \(审核\) is missing.*audits\.csv"):
        land(str(folder), tmp_path / "home")


def test_two_files_of_one_table_are_read_with_their_origin(tmp_path: Path) -> None:
    """A browser's second export, a file for each month: no row is lost, and each says where it stood."""
    folder = write_source(tmp_path / "s")
    more = [{"org_id": "O3", "name": "丙"}, {"name": "丁"}, {"org_id": "O4", "name": "戊"}]
    (folder / "organization(1).csv").write_text(csv_text(more, ["org_id", "name"]), "utf-8")
    batch = land(str(folder), tmp_path / "home")
    assert [row["org_id"] for row in landed(batch, "organization")] == ["O1", "O2", "O3", "O4"]
    files = [file for file in batch.manifest["files"] if file["table"] == "organization"]
    assert [(file["name"], file["rows"], file.get("after", 0)) for file in files] == [
        ("organization.csv", 2, 0), ("organization(1).csv", 3, 3),
    ]  # fmt: skip
    (gone,) = [row for row in losses(batch) if row["reason"] == "key_missing"]
    assert (gone["source_file"], gone["source_row"]) == ("organization(1).csv", 3)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="there is no such folder"):
        land(str(tmp_path / "nowhere"), tmp_path / "home")


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")

    def touch(message: str) -> None:
        if message.startswith("service_objective"):
            path = folder / "organization.csv"
            path.write_text(
                path.read_text("utf-8") + csv_text([{"org_id": "O9", "name": "x"}], headings("organization"))
            )

    with pytest.raises(SourceRefused, match=r"organization\.csv: the file changed"):
        land(str(folder), tmp_path / "home", progress=touch)


def test_folder_names_are_no_patterns(tmp_path: Path) -> None:
    """[, * and ? in a path are letters to a body and wildcards to a reader."""
    folder = write_source(tmp_path / "导出 [2026] *?" / "it's")
    batch = land(str(folder), tmp_path / "home [1]")
    assert losses(batch) == []
    assert landed(batch, "audit")[0]["audit_id"] == "A1"


def test_zero_bytes_in_a_cell_do_no_harm(tmp_path: Path) -> None:
    content = "org_id,name\nO1,甲\x00乙\nO2,乙\n"
    batch = land(str(write_organizations(tmp_path / "s", content.encode())), tmp_path / "home")
    assert [row["org_id"] for row in landed(batch, "organization")] == ["O1", "O2"]
