"""Tables that the body's own SQL selects. A failure means that what words cannot say cannot be said, or that SQL of a
mapping reaches what is not of the source."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import xlsxwriter

from ingestion.errors import MappingRefused, SourceRefused
from ingestion.landing import land
from ingestion.mapping import load_mapping
from tests.support.small_source import landed, losses, small_source, write_source

LEDGER = [
    ["序号", "证书编号", "客户", "统一社会信用代码", "状态", "颁证日期", "有效期至", "审核组", "deleted"],
    [
        "1",
        "0001-R0",
        "甲科技有限公司",
        "91330100MA2ABCDE1X",
        "有效",
        "2026-06-08",
        "2029-06-07",
        "张三、李四",
        "0",
    ],
    ["2", "0002-R0", "乙数据有限公司", "91330100MA2ABCDE2X", "暂停", "2026-06-08", "2029-06-07", "张三", "0"],
    ["3", "0003-R0", "乙数据有限公司", "91330100MA2ABCDE2X", "有效", "2020-06-08", "2023-06-07", "张三", "1"],
]

CERTIFICATE = """
-- 台账中 deleted = 1 的行不计
select
    "证书编号" as certificate_id,
    "证书编号" as certificate_no,
    'B1' as body_id,
    "统一社会信用代码" as org_id,
    'ITSMS' as system,
    "颁证日期" as issued_on,
    "有效期至" as expires_on,
    0 as cycle_no,
    "状态" as status_given
from "证书台账"
where deleted = '0';
"""
ORGANIZATION = """
select distinct "统一社会信用代码" as org_id, "客户" as name, "统一社会信用代码" as uscc from "证书台账"
"""
ASSIGNMENT = """
select
    '证书' || ledger."证书编号" as audit_id, person.person_id, 'auditor' as role, ledger."颁证日期" as onsite_start,
    ledger."颁证日期" as onsite_end, 1 as onsite_days
from (select *, unnest(string_split("审核组", '、')) as member from "证书台账" where deleted = '0') as ledger
inner join person on ledger.member = person.name
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    folder = tmp_path / "mapping"
    folder.mkdir()
    (folder / "certificate.sql").write_text(CERTIFICATE, "utf-8")
    (folder / "organization.sql").write_text(ORGANIZATION, "utf-8")
    (folder / "audit_assignment.sql").write_text(ASSIGNMENT, "utf-8")
    (folder / "mapping.yml").write_text("columns: {person: {phone: [联系方式]}}\n", "utf-8")
    return folder


def csv_source(tmp_path: Path) -> Path:
    """The small source with one wide ledger in the place of three tables."""
    tables = small_source()
    for table in ("certificate", "organization", "audit_assignment"):
        del tables[table]
    folder = write_source(tmp_path / "s", tables)
    (folder / "证书台账.csv").write_text("\n".join(",".join(row) for row in LEDGER), "utf-8")
    return folder


def test_one_wide_ledger_becomes_several_tables(tmp_path: Path, mapping: Path) -> None:
    batch = land(str(csv_source(tmp_path)), tmp_path / "home", mapping=mapping)
    certificates = [row for row in landed(batch, "certificate") if not row["is_stub"]]
    assert [(row["certificate_id"], row["status_given"], str(row["expires_on"])) for row in certificates] == [
        ("0001-R0", "valid", "2029-06-07"), ("0002-R0", "suspended", "2029-06-07"),
    ]  # fmt: skip
    assert [(row["audit_id"], row["person_id"]) for row in landed(batch, "audit_assignment")] == [
        ("证书0001-R0", "P1"), ("证书0001-R0", "P2"), ("证书0002-R0", "P1"),
    ]  # fmt: skip
    clients = [row["name"] for row in landed(batch, "organization") if not row["is_stub"]]
    assert clients == ["甲科技有限公司", "乙数据有限公司"]
    assert losses(batch) == []
    assert "证书台账.csv" not in batch.manifest["unknown_files"]
    assert not [
        fate for fate in batch.manifest["fates"] if fate["file"] == "证书台账.csv" and fate.get("warns")
    ]


def test_a_sheet_and_a_table_of_a_database_are_seen_as_a_file_is(tmp_path: Path, mapping: Path) -> None:
    from_files = land(str(csv_source(tmp_path)), tmp_path / "home", mapping=mapping)
    folder = csv_source(tmp_path / "book")
    (folder / "证书台账.csv").unlink()
    with xlsxwriter.Workbook(str(folder / "导出.xlsx")) as book:
        sheet = book.add_worksheet("证书台账")
        for at, row in enumerate(LEDGER):
            sheet.write_row(at, 0, row)
    from_sheet = land(str(folder), tmp_path / "home", mapping=mapping)
    database = tmp_path / "a.sqlite"
    with sqlite3.connect(database) as connection:
        for table, rows in small_source().items():
            if table not in ("certificate", "organization", "audit_assignment"):
                names = list(dict.fromkeys(name for row in rows for name in row))
                connection.execute(f"create table {table} ({', '.join(names)})")
                values = [[row.get(name) for name in names] for row in rows]
                connection.executemany(f"insert into {table} values ({', '.join('?' * len(names))})", values)
        connection.execute(f'create table "证书台账" ({", ".join(LEDGER[0])})')
        connection.executemany('insert into "证书台账" values (?,?,?,?,?,?,?,?,?)', LEDGER[1:])
    connection.close()
    from_database = land(f"sqlite:///{database}", tmp_path / "home", mapping=mapping)
    for table in ("certificate", "organization", "audit_assignment"):
        assert landed(from_sheet, table) == landed(from_database, table) == landed(from_files, table)


def test_another_select_makes_another_batch(tmp_path: Path, mapping: Path) -> None:
    source = str(csv_source(tmp_path))
    first = land(source, tmp_path / "home", mapping=mapping)
    (mapping / "certificate.sql").write_text(CERTIFICATE.replace("0 as cycle_no", "1 as cycle_no"), "utf-8")
    assert land(source, tmp_path / "home", mapping=mapping).batch_id != first.batch_id


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("select * from read_csv('/etc/passwd')", "read_csv"),
        ("select 1 as x; select 2", "one SELECT"),
        ("drop table certificate", "one SELECT"),
        ("copy (select 1) to '/tmp/x'", "one SELECT"),
        ("selec 1", "selec"),
        ('select * from "没有这张表"', "没有这张表"),
        ('select "证书编号" as certificate_id, 1 as nonsense from "证书台账"', "nonsense"),
        ('select "证书编号" as certificate_id from "证书台账"', "certificate_no"),
        ('select "没有这一列" as certificate_id from "证书台账"', "没有这一列"),
    ],
)
def test_sql_that_cannot_be_used_is_refused_by_name(
    tmp_path: Path, mapping: Path, text: str, told: str
) -> None:
    (mapping / "certificate.sql").write_text(text, "utf-8")
    with pytest.raises(SourceRefused, match=r"certificate\.sql") as refused:
        land(str(csv_source(tmp_path)), tmp_path / "home", mapping=mapping)
    assert told in str(refused.value)


def test_sql_reaches_no_file_beyond_the_source(tmp_path: Path, mapping: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("certificate_id\nX\n", "utf-8")
    for text in (
        f"select * from read_text('{secret}')",
        f"select * from '{secret}'",
        "select * from glob('/*')",
    ):
        (mapping / "certificate.sql").write_text(text, "utf-8")
        with pytest.raises(SourceRefused):
            land(str(csv_source(tmp_path)), tmp_path / "home", mapping=mapping)


def test_a_folder_of_a_mapping_is_held_to_the_contract(mapping: Path) -> None:
    (mapping / "nonsense.sql").write_text("select 1", "utf-8")
    with pytest.raises(MappingRefused, match="nonsense"):
        load_mapping(mapping)
    (mapping / "nonsense.sql").unlink()
    (mapping / "second.yml").write_text("", "utf-8")
    with pytest.raises(MappingRefused, match="more than one"):
        load_mapping(mapping)
