"""The list that a clerk works through: every failed check with a link to its cell and a plain reason.

Links lead to the workbook in the same folder. Personal data never stands here: the cells show a mask, the record
is named by its number.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ingestion.sql import text as quoted
from reports.submissions.cells import scalar
from reports.submissions.form import Form
from reports.submissions.streamed_rows import LINKED_ROWS, SPREADSHEET_ROWS, Links, StreamedRows, fill
from reports.submissions.workbook import column_name, open_workbook

_SEVERITIES = {"error": "错误", "warning": "提示"}
_SUMMARY = {"工作表": 14, "字段": 20, "字段含义": 28, "级别": 8, "检查项": 16, "原因": 60, "行数": 10}
_LIST = {
    "工作表": 14, "行": 8, "列": 6, "定位": 10, "字段": 20, "字段含义": 28, "级别": 8,
    "检查项": 16, "记录": 28, "单元格内容": 30, "原因": 60, "数据来源": 60,
}  # fmt: skip
_UNCERTAIN = {"工作表": 14, "字段": 20, "字段含义": 28, "记录值": 16, "代码": 12, "行数": 10, "说明": 60}
_LISTED_ROWS = SPREADSHEET_ROWS - 1
_LINK_COLUMN = list(_LIST).index("定位")


def write_errors(
    connection: duckdb.DuckDBPyConnection,
    form: Form,
    uncertain: list[dict[str, Any]],
    path: Path,
    workbook_name: str,
) -> None:
    """Write table `failure` as a workbook: 汇总, 清单, and the codes that are yet to be confirmed.

    workbook_name  the checked workbook, in the same folder: its cells are linked to
    """
    listed = min(scalar(connection, "select count(*) from failure"), _LISTED_ROWS)
    template = path.with_name(f"{path.name}.template")
    with open_workbook(template, "校验结果") as workbook:
        heading = workbook.add_format({"bold": True, "num_format": "@", "bottom": 1})
        text = workbook.add_format({"num_format": "@"})
        _write_table(workbook, "汇总", _SUMMARY, _summary(connection, form), heading, text)
        worksheet = _headed(workbook, "清单", _LIST, listed, heading, text)
        worksheet.write_blank(1, 0, None, text)
        link = workbook.add_format({"num_format": "@", "font_color": "#0563C1", "underline": 1})
        # The one link of the template: the records' links are made after it.
        sheet = next(iter(form.sheets.values())).name
        worksheet.write_url(1, _LINK_COLUMN, f"external:{quote(workbook_name)}#'{sheet}'!A1", link, "A1")
        _write_table(workbook, "待确认代码", _UNCERTAIN, _confirmable(form, uncertain), heading, text)
    _number_failures(connection, form)
    columns = tuple(f'"{name}"' for name in _LIST)
    rows = StreamedRows(2, 2, 0, "failure_list", columns, listed, Links(_LINK_COLUMN, "location"))
    fill(connection, template, path, [rows])
    template.unlink()


def _headed(
    workbook: xlsxwriter.Workbook,
    name: str,
    columns: dict[str, int],
    rows: int,
    heading: Format,
    text: Format,
) -> Worksheet:
    worksheet = workbook.add_worksheet(name)
    for column, (title, width) in enumerate(columns.items()):
        worksheet.set_column(column, column, width, text)
        worksheet.write_string(0, column, title, heading)
    worksheet.freeze_panes(1, 0)
    worksheet.autofilter(0, 0, rows, len(columns) - 1)
    return worksheet


def _write_table(
    workbook: xlsxwriter.Workbook,
    name: str,
    columns: dict[str, int],
    rows: list[tuple[str, ...]],
    heading: Format,
    text: Format,
) -> None:
    worksheet = _headed(workbook, name, columns, len(rows), heading, text)
    for row_no, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            worksheet.write_string(row_no, column, value, text)


def _summary(connection: duckdb.DuckDBPyConnection, form: Form) -> list[tuple[str, ...]]:
    counts = connection.execute(
        "select sheet, field, severity, check_id, min(reason), count(*) from failure"
        " group by sheet, field, position, severity, check_id order by sheet, position, severity, check_id"
    ).fetchall()
    rows: list[tuple[str, ...]] = []
    for sheet, field, severity, check_id, reason, count in counts:
        label = form.sheets[sheet].field(field).label
        rows.append(
            (form.sheets[sheet].name, field, label, _SEVERITIES[severity], check_id, reason, str(count))
        )
    total = sum(count for *_, count in counts)
    if total > _LISTED_ROWS:
        note = f"共{total}项，清单只列出前{_LISTED_ROWS}项"
        rows.append(("", "", "", "", "", note, str(total)))
    if total > LINKED_ROWS:
        rows.append(("", "", "", "", "", f"清单前{LINKED_ROWS}项可点击定位，其余按工作表、行、列查找", ""))
    return rows


def _number_failures(connection: duckdb.DuckDBPyConnection, form: Form) -> None:
    """Table `failure_list`: the failures as the clerk reads them, in the order of rows and columns."""
    codes = [code for (code,) in connection.execute("select distinct sheet from failure").fetchall()]
    described = ", ".join(
        f"({quoted(code)}, {field.position}, {quoted(form.sheets[code].name)}, {quoted(field.label)},"
        f" {quoted(column_name(form, field.position))}, {quoted(field.source)})"
        for code in sorted(codes)
        for field in form.sheets[code].fields
    )
    severities = " ".join(f"when {quoted(name)} then {quoted(shown)}" for name, shown in _SEVERITIES.items())
    connection.execute(
        f"""
        create or replace table failure_list as
        select
            row_number() over (
                order by failure.sheet, failure.row_no, failure.position, failure.check_id
            ) as row_no,
            described.sheet_name as "工作表",
            cast(failure.row_no + {form.first_data_row - 1} as varchar) as "行",
            described.column_name as "列",
            described.column_name || (failure.row_no + {form.first_data_row - 1}) as "定位",
            '''' || described.sheet_name || '''!' || described.column_name
                || (failure.row_no + {form.first_data_row - 1}) as location,
            failure.field as "字段",
            described.label as "字段含义",
            case failure.severity {severities} end as "级别",
            failure.check_id as "检查项",
            failure.shown_key as "记录",
            failure.value as "单元格内容",
            failure.reason as "原因",
            nullif(described.source, '') as "数据来源"
        from failure
        inner join (values {described}) as described (sheet, position, sheet_name, label, column_name, source)
            on failure.sheet = described.sheet and failure.position = described.position
        order by 1
        """
    )


def _confirmable(form: Form, entries: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for entry in entries:
        sheet = form.sheets[entry["sheet"]]
        label = sheet.field(entry["field"]).label
        rows.append(
            (
                sheet.name,
                entry["field"],
                label,
                entry["value"],
                entry["code"],
                str(entry["rows"]),
                entry["note"],
            )
        )
    return rows
