"""The list that a clerk works through: every failed check with sheet, row, column and a plain reason.

Personal data never stands in it: the cells show a mask, the record is named by its certificate number.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format

from reports.submissions.cells import scalar
from reports.submissions.form import Form
from reports.submissions.workbook import CELL_CHARACTERS, SPREADSHEET_ROWS, column_name, open_workbook

_SEVERITIES = {"error": "错误", "warning": "提示"}
_HEADINGS = {
    "工作表": 14, "行": 8, "列": 6, "字段": 20, "字段含义": 28, "级别": 8,
    "检查项": 16, "证书号": 28, "单元格内容": 30, "原因": 52, "数据来源": 40,
}  # fmt: skip
_LISTED_ROWS = SPREADSHEET_ROWS - 1


def write_errors(
    connection: duckdb.DuckDBPyConnection, form: Form, uncertain: list[dict[str, Any]], path: Path
) -> None:
    """Write table `failure` as a workbook: 汇总, 清单 and the codes that are yet to be confirmed."""
    with open_workbook(path, "校验结果") as workbook:
        heading = workbook.add_format({"bold": True, "num_format": "@", "bottom": 1})
        text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        _write_table(workbook, "汇总", _SUMMARY, _summary(connection, form), heading, text)
        _write_table(workbook, "清单", _HEADINGS, _list(connection, form), heading, text)
        _write_table(workbook, "待确认代码", _UNCERTAIN, _uncertain(form, uncertain), heading, text)


_SUMMARY = {"工作表": 14, "字段": 20, "字段含义": 28, "级别": 8, "检查项": 16, "原因": 60, "行数": 10}
_UNCERTAIN = {"工作表": 14, "字段": 20, "字段含义": 28, "记录值": 16, "代码": 12, "行数": 10, "说明": 60}


def _write_table(
    workbook: xlsxwriter.Workbook,
    name: str,
    columns: dict[str, int],
    rows: Iterator[tuple[str, ...]],
    heading: Format,
    text: Format,
) -> None:
    worksheet = workbook.add_worksheet(name)
    for column, (title, width) in enumerate(columns.items()):
        worksheet.set_column(column, column, width, text)
        worksheet.write_string(0, column, title, heading)
    worksheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            worksheet.write_string(last, column, value[:CELL_CHARACTERS], text)
    worksheet.autofilter(0, 0, last, len(columns) - 1)


def _summary(connection: duckdb.DuckDBPyConnection, form: Form) -> Iterator[tuple[str, ...]]:
    counts = connection.execute(
        "select sheet, field, severity, check_id, min(reason), count(*) from failure"
        " group by sheet, field, position, severity, check_id order by sheet, position, severity, check_id"
    ).fetchall()
    for sheet, field, severity, check_id, reason, rows in counts:
        label = form.sheets[sheet].field(field).label
        yield form.sheets[sheet].name, field, label, _SEVERITIES[severity], check_id, reason, str(rows)
    total = scalar(connection, "select count(*) from failure")
    if total > _LISTED_ROWS:
        note = f"共{total}项，清单只列出前{_LISTED_ROWS}项"
        yield "", "", "", "", "", note, str(total)


def _list(connection: duckdb.DuckDBPyConnection, form: Form) -> Iterator[tuple[str, ...]]:
    cursor = connection.execute(
        "select sheet, row_no, position, field, severity, check_id, shown_key, value, reason from failure"
        f" order by sheet, row_no, position, check_id limit {_LISTED_ROWS}"
    )
    while rows := cursor.fetchmany(5_000):
        for sheet_code, row_no, position, name, severity, check_id, shown_key, value, reason in rows:
            sheet = form.sheets[sheet_code]
            field = sheet.fields[position - 1]
            yield (
                sheet.name,
                str(form.first_data_row + row_no - 1),
                column_name(form, position),
                name,
                field.label,
                _SEVERITIES[severity],
                check_id,
                shown_key or "",
                value or "",
                reason,
                field.source,
            )


def _uncertain(form: Form, entries: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        sheet = form.sheets[entry["sheet"]]
        label = sheet.field(entry["field"]).label
        yield (
            sheet.name,
            entry["field"],
            label,
            entry["value"],
            entry["code"],
            str(entry["rows"]),
            entry["note"],
        )
