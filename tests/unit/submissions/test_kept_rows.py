"""The rows beside a filed workbook: what its cells show, in bytes that depend on nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb

from reports.submissions.kept_rows import KeptValue, read_values, same_rows, sheet_rows_file, write_values
from reports.submissions.records.cell_difference import differences
from reports.submissions.records.sheet_rows import keep_rows, rows_of
from reports.submissions.records.sheet_workbook import write_form
from reports.submissions.records.streamed_rows import CELL_CHARACTERS
from tests.unit.submissions.filled_form import CERTIFICATE, FORM, Record, checked
from tests.unit.submissions.test_workbook import HOSTILE

SHEET = FORM.sheets["103010"]
VALUES = [
    KeptValue("a.xlsx", "登记表", "基本情况|机构名称", "内容", "甲认证有限公司"),
    KeptValue("a.docx", "a", "", "", "=1+1"),
]


def _records() -> list[Record]:
    names = [*HOSTILE, "文" * 40_000, "甲\x0b一\r\n公司"]
    return [{**CERTIFICATE, "certificate_no": f"C{place}", "org_name": n} for place, n in enumerate(names)]


def _version(folder: Path, records: list[Record], threads: int = 2) -> Path:
    """A workbook with its rows beside it."""
    folder.mkdir()
    connection = checked({"103010": records})
    connection.execute(f"set threads = {threads}")
    write_form(connection, FORM, {"103010": len(records)}, folder / "form.xlsx")
    keep_rows(connection, SHEET, folder)
    return folder / "form.xlsx"


def _bare(workbook: Path) -> Path:
    """The same workbook in a folder from before rows were kept."""
    folder = workbook.parent.with_name(f"{workbook.parent.name}-bare")
    folder.mkdir()
    return Path((folder / workbook.name).write_bytes(workbook.read_bytes()) and folder / workbook.name)


def test_rows_say_what_the_workbook_says_whatever_was_typed(tmp_path: Path) -> None:
    workbook = _version(tmp_path / "v1", _records())
    with duckdb.connect() as connection:
        kept = rows_of(connection, workbook, FORM, SHEET, tmp_path / "unused.parquet")
        read_back = rows_of(connection, _bare(workbook), FORM, SHEET, tmp_path / "back.parquet")
        assert (
            kept == workbook.with_name(sheet_rows_file("103010")) and read_back == tmp_path / "back.parquet"
        )
        rows = [
            connection.sql(f"from read_parquet('{path}') order by row_no").fetchall()
            for path in (kept, read_back)
        ]
        (longest,) = connection.sql(f"select max(length(ORG_NAME)) from read_parquet('{kept}')").fetchall()
    assert rows[0] == rows[1] and len(rows[0]) == len(HOSTILE) + 2
    assert longest == (CELL_CHARACTERS,)


def test_the_same_rows_are_the_same_bytes_with_any_number_of_threads(tmp_path: Path) -> None:
    records = [{**CERTIFICATE, "certificate_no": f"C{place}"} for place in range(500)]
    contents = {
        _version(tmp_path / f"v{threads}", records, threads).with_name(sheet_rows_file("103010")).read_bytes()
        for threads in (1, 2, 4)
    }
    assert len(contents) == 1


def test_a_version_without_rows_is_compared_as_one_with_them(tmp_path: Path) -> None:
    old, new = _records(), _records()
    new[3] = {**new[3], "org_name": "改了"}
    del new[5]
    # A home may be called as a partition of Parquet files is.
    home = tmp_path / "ORG_NAME=x"
    home.mkdir()
    before, after = _version(home / "v1", old), _version(home / "v2", new)
    found = differences(before, after, FORM)
    assert {(row.change, row.field) for row in found} >= {("changed", "ORG_NAME"), ("removed", "ORG_NAME")}
    assert differences(_bare(before), after, FORM) == found
    assert differences(before, _bare(after), FORM) == found
    assert differences(before, before, FORM) == []


def test_values_come_back_in_their_order_and_none_is_none(tmp_path: Path) -> None:
    assert read_values(tmp_path) is None
    folders = [tmp_path / f"value={place}" for place in range(3)]
    for folder, values in zip(folders, (VALUES, VALUES, []), strict=True):
        folder.mkdir()
        write_values(values, folder)
        assert read_values(folder) == values
    first, second, empty = (folder / "rows.parquet" for folder in folders)
    assert first.read_bytes() == second.read_bytes()
    assert same_rows(first, second) and not same_rows(first, empty)
