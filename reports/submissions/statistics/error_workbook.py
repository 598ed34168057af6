"""The list that a clerk works through: every failed check with its place, a link to it and a plain reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import xlsxwriter

from reports.submissions.statistics.checks import Failure
from reports.submissions.statistics.form import Uncertain
from reports.submissions.workbook import open_workbook

_SEVERITIES = {"error": "错误", "warning": "提示"}
_SUMMARY = {"表": 34, "级别": 8, "检查项": 24, "行数": 10}
_LIST = {"表": 34, "工作表": 16, "单元格": 10, "项目": 28, "级别": 8, "检查项": 24, "原因": 80}
_UNCERTAIN = {"表": 34, "项目": 28, "说明": 100}


def write_errors(
    path: Path,
    book: str,
    titles: Mapping[str, str],
    failures: list[Failure],
    uncertain: Iterable[Uncertain],
) -> None:
    """`book` is the main file, to link into; `titles` names the tables by code."""
    with open_workbook(path, "校验结果") as workbook:
        counted = Counter((titles.get(f.sheet, f.sheet), f.severity, f.check) for f in failures)
        _write(
            workbook,
            "汇总",
            _SUMMARY,
            [
                (table, _SEVERITIES[severity], check, str(count))
                for (table, severity, check), count in counted.items()
            ],
        )
        _write(
            workbook,
            "清单",
            _LIST,
            [
                (
                    titles.get(f.sheet, f.sheet), f.place.sheet, f.place.cell, f.field,
                    _SEVERITIES[f.severity], f.check, f.reason,
                )
                for f in failures
            ],
            book,
        )  # fmt: skip
        _write(
            workbook,
            "待确认内容",
            _UNCERTAIN,
            [(entry.sheet, entry.field, entry.note) for entry in uncertain],
        )


def _write(
    workbook: xlsxwriter.Workbook,
    name: str,
    columns: Mapping[str, int],
    rows: list[tuple[str, ...]],
    book: str = "",
) -> None:
    heading = workbook.add_format({"bold": True, "num_format": "@", "bottom": 1})
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    worksheet = workbook.add_worksheet(name)
    for column, (title, width) in enumerate(columns.items()):
        worksheet.set_column(column, column, width, text)
        worksheet.write_string(0, column, title, heading)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if book and value and list(columns)[column] == "单元格":
                worksheet.write_url(
                    number, column, f"external:{book}#'{row[column - 1]}'!{value}", text, value
                )
            else:
                worksheet.write_string(number, column, value, text)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.freeze_panes(1, 0)
    worksheet.autofilter(0, 0, len(rows), len(columns) - 1)
