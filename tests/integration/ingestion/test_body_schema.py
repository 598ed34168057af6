"""A body's own system, whole way: rows that are deleted but still there, one state machine for everything, days with
hours, 0000-00-00, no numbering of events, the body a constant. The mapping's SQL says what words cannot."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest

from ingestion.check import REFUSED, check
from tests.support.command import certhouse

SCHEMA = """
create table crm_kehu (kh_id integer, mc text, xydm text, qhdm text, shanchu integer);
create table hr_ry (ry_id integer, xm text, sfz text, lx text);
create table rz_xm (xm_id integer, kh_id integer, tx text, jd text, zt text, zs_id integer, ks text, js text);
create table rz_zs (zs_id integer, zsh text, kh_id integer, tx text, bz_rq text, yx_rq text, cc_rq text, xh integer,
    shanchu integer);
create table rz_zs_bg (bg_id integer, zs_id integer, lx text, rq text, zz_rq text, yy text, shenpi integer, shanchu integer);
insert into crm_kehu values
    (1, '甲信息技术有限公司', '91330100MA2ABCDE1X', '330100', 0),
    (2, '乙软件有限公司', '91310115MA1KABCD34', '310115', 0),
    (3, '录入错误', '', '', 1);
insert into hr_ry values (7, '张三', '110101199001011237', '1'), (8, '李四', '110101199002021233', '2');
insert into rz_xm values
    (31, 1, 'IT', '3', '9', null, '2024-06-05 08:30:00', '2024-06-06 17:00:00'),
    (32, 1, 'IT', '4', '9', 41, '2025-05-08 08:30:00', '2025-05-08 17:00:00'),
    (33, 2, 'IT', '3', '9', null, '2025-02-18 08:30:00', '2025-02-19 17:00:00');
insert into rz_zs values
    (41, '999-2024-ITSMS-0004', 1, 'IT', '2024-06-26', '2027-06-25', '0000-00-00', 0, 0),
    (42, '999-2025-ITSMS-0002', 2, 'IT', '2025-04-04', '2028-04-03', '2025-04-04', 0, 0),
    (43, '999-2024-ITSMS-0099', 1, 'IT', '2024-06-26', '2027-06-25', '2024-06-26', 0, 1);
insert into rz_zs_bg values
    (51, 42, 'ZT', '2026-09-01', '2026-12-31', '7.2.1(1)', 1, 0),
    (52, 41, 'CX', '2026-07-01', '0000-00-00', '7.3(3)', 1, 1),
    (53, 41, 'CX', '2026-07-02', '0000-00-00', '', 0, 0);
"""
WORDS = """
tables: {person: [hr_ry], audit: [rz_xm]}
columns:
  person: {person_id: [ry_id], name: [xm], id_number: [sfz], employment: [lx]}
values:
  person.employment: {full_time: ["1"], part_time: ["2"]}
  "*.system": {ITSMS: [it]}
  "*.systems": {ITSMS: [it]}
  audit.audit_type: {stage2: ["3"], surveillance: ["4"]}
  audit.status: {completed: ["9"]}
  certificate_event.event: {suspended: [zt], revoked: [cx]}
"""
SELECTS = {
    "certification_body": "select 'B1' as body_id, '示例认证有限公司' as name, 'CNCA-R-2003-999' as approval_no",
    "organization": "select kh_id as org_id, mc as name, xydm as uscc, qhdm as region_code from crm_kehu where shanchu = 0",
    "person": "select ry_id as person_id, 'B1' as body_id, xm as name, sfz as id_number, lx as employment from hr_ry",
    "audit": """
        select xm_id as audit_id, 'B1' as body_id, kh_id as org_id, zs_id as certificate_id, jd as audit_type, tx as systems,
            zt as status, ks as planned_start, js as planned_end, ks as actual_start, js as actual_end
        from rz_xm""",
    "certificate": """
        select zs_id as certificate_id, zsh as certificate_no, 'B1' as body_id, kh_id as org_id, tx as system,
            bz_rq as issued_on, yx_rq as expires_on, cc_rq as first_certified_on, xh as cycle_no
        from rz_zs where shanchu = 0""",
    "certificate_event": """
        select bg_id as event_id, zs_id as certificate_id, row_number() over (partition by zs_id order by rq, bg_id) as seq,
            lx as event, rq as effective_on, zz_rq as suspended_until, yy as reason_code
        from rz_zs_bg where shanchu = 0 and shenpi = 1""",
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "system.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.close()
    return f"sqlite:///{path}"


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    folder = tmp_path / "mapping"
    folder.mkdir()
    (folder / "mapping.yml").write_text(WORDS, "utf-8")
    for table, text in SELECTS.items():
        (folder / f"{table}.sql").write_text(text, "utf-8")
    return folder


def test_the_whole_way_from_a_bodys_own_system(database: str, mapping: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    run = certhouse(
        "run", "--source", database, "--mapping", mapping, "--as-of", "2026-11-15", "--home", home
    )
    assert run.returncode == 0, run.stderr
    with (home / "reports" / "2026-11-15" / "export" / "certificate_status.csv").open(
        encoding="utf-8-sig"
    ) as file:
        status = {row["certificate_id"]: row["status"] for row in csv.DictReader(file)}
    assert status == {"41": "valid", "42": "suspended"}, (
        "deleted rows and changes nobody approved do not count"
    )


def test_words_alone_say_at_once_what_they_cannot_say(database: str, tmp_path: Path) -> None:
    """Every table that does not fit is named, and the columns of deleted rows."""
    words = tmp_path / "words.yml"
    words.write_text(
        WORDS.replace("tables: {", "tables: {certificate: [rz_zs], certificate_event: [rz_zs_bg], "), "utf-8"
    )
    report = check(database, words)
    assert report.exit_code == REFUSED
    said = "\n".join(zh for _, zh in report.refusals)
    for table in ("rz_zs", "rz_zs_bg", "rz_xm", "hr_ry", "organization"):
        assert table in said
