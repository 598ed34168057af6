"""The list that a clerk works through: every failed check with a link to its cell and a plain reason.

Links lead to the workbook in the same folder. Personal data never stands here: the cells show a mask, the record
is named by its number.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb

from ingestion.sql import text as quoted
from reports.submissions.error_list import LIST, SEVERITIES, SUMMARY, TITLE, ErrorSheets
from reports.submissions.records.cells import scalar
from reports.submissions.records.sheet_form import Form
from reports.submissions.records.sheet_workbook import column_name
from reports.submissions.records.streamed_rows import LINKED_ROWS, SPREADSHEET_ROWS, Links, StreamedRows, fill
from reports.submissions.workbooks import open_workbook

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
    with open_workbook(template, TITLE) as workbook:
        sheets = ErrorSheets(workbook)
        sheets.table(SUMMARY, _SUMMARY, _summary(connection, form))
        worksheet = sheets.headed(LIST, _LIST, listed)
        worksheet.write_blank(1, 0, None, sheets.text)
        link = workbook.add_format({"num_format": "@", "font_color": "#0563C1", "underline": 1})
        # The one link of the template: the records' links are made after it.
        sheet = next(iter(form.sheets.values())).name
        worksheet.write_url(1, _LINK_COLUMN, f"external:{quote(workbook_name)}#'{sheet}'!A1", link, "A1")
        sheets.table("待确认代码", _UNCERTAIN, _confirmable(form, uncertain))
    _number_failures(connection, form)
    columns = tuple(f'"{name}"' for name in _LIST)
    rows = StreamedRows(2, 2, 0, "failure_list", columns, listed, Links(_LINK_COLUMN, "location"))
    fill(connection, template, path, [rows])
    template.unlink()


def _summary(connection: duckdb.DuckDBPyConnection, form: Form) -> list[tuple[str, ...]]:
    counts = connection.execute(
        "select sheet, field, severity, check_id, min(reason), count(*) from failure"
        " group by sheet, field, position, severity, check_id order by sheet, position, severity, check_id"
    ).fetchall()
    rows: list[tuple[str, ...]] = []
    for sheet, field, severity, check_id, reason, count in counts:
        label = form.sheets[sheet].field(field).label
        rows.append(
            (form.sheets[sheet].name, field, label, SEVERITIES[severity], check_id, reason, str(count))
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
    severities = " ".join(f"when {quoted(name)} then {quoted(shown)}" for name, shown in SEVERITIES.items())
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
