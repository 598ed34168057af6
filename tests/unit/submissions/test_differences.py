"""The list of differences opens in a spreadsheet program: nothing in it may be carried out."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from reports.submissions.differences import Difference, harmless_sql, list_differences

TYPED = ["=1+1", "+86", "-5", "@SUM(1)", "007", "10126IT00001", "A-1", "", "'", "a=b", "，", "证书"]


def test_both_ways_of_writing_disarm_the_same_texts(tmp_path: Path) -> None:
    rows = [Difference(text, text, "", text, "", "changed") for text in TYPED]
    entry = list_differences(rows, tmp_path, "v1")
    assert (entry["rows"], entry["against"]) == (len(TYPED), "v1")
    with (tmp_path / entry["file"]).open(encoding="utf-8", newline="") as file:
        written = [line["key"] for line in csv.DictReader(file)]
    assert written == ["'=1+1", "'+86", "'-5", "'@SUM(1)", *TYPED[4:]]
    sql = f"select {harmless_sql('x')} from (select unnest($1) as x)"
    assert [value or "" for (value,) in duckdb.connect().execute(sql, [TYPED]).fetchall()] == written
