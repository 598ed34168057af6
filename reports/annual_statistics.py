"""Statistics of one calendar year as a workbook: what the annual work report is written from.

Two sheets: the year by body and system (flows summed, stock at its end), and its months as they stand in
the mart.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import xlsxwriter

from reports.warehouse import open_warehouse

_FLOWS = {
    "issued": "新发证书",
    "renewed": "换发证书",
    "suspended": "暂停",
    "restored": "恢复",
    "revoked": "撤销",
    "cancelled": "注销",
    "expired": "到期失效",
    "superseded": "被替换",
}
_AUDITS = {
    "audits_stage1": "一阶段审核",
    "audits_stage2": "二阶段审核",
    "audits_surveillance": "监督审核",
    "audits_recertification": "再认证审核",
    "audits_special": "特殊审核",
    "onsite_days": "现场审核人日",
    "total_days": "审核总人日",
}
_LABELS = {
    "body_id": "机构编号",
    "body_name": "机构名称",
    "system": "认证体系",
    "month": "月份",
    "valid_at_start": "期初有效",
    **_FLOWS,
    "valid_at_end": "期末有效",
    **_AUDITS,
}


def write_annual_statistics(warehouse: Path, year: int, book: Path) -> int:
    """Write the year's workbook; return the number of body-months in it.

    The same warehouse gives the same bytes: the workbook's own date is the warehouse's as_of.
    """
    book.parent.mkdir(parents=True, exist_ok=True)
    draft = book.with_name(f".{book.name}")
    with open_warehouse(warehouse) as connection, xlsxwriter.Workbook(str(draft)) as workbook:
        workbook.set_properties({"title": f"{year} 年认证业务统计", "created": _as_of(connection)})
        _write_sheet(workbook, "全年", connection.execute(_query(year, by_month=False)))
        rows = _write_sheet(workbook, "分月", connection.execute(_query(year, by_month=True)))
    draft.replace(book)
    return rows


def _query(year: int, *, by_month: bool) -> str:
    def measure(name: str, over_the_year: str) -> str:
        return f"months.{name}" if by_month else f"{over_the_year} as {name}"

    columns = [
        "months.body_id",
        "bodies.name as body_name",
        "months.system",
        *(["strftime(months.month, '%Y-%m') as month"] if by_month else []),
        measure("valid_at_start", "arg_min(months.valid_at_start, months.month)"),
        *(measure(name, f"sum(months.{name})") for name in _FLOWS),
        measure("valid_at_end", "arg_max(months.valid_at_end, months.month)"),
        *(measure(name, f"sum(months.{name})") for name in _AUDITS),
    ]
    return (
        f"select {', '.join(columns)} from marts.fct_monthly_statistics as months"
        " inner join marts.dim_certification_body as bodies on months.body_id = bodies.body_id"
        f" where year(months.month) = {int(year)}"
        f"{'' if by_month else ' group by months.body_id, bodies.name, months.system'}"
        f" order by months.body_id, months.system{', months.month' if by_month else ''}"
    )


def _write_sheet(workbook: xlsxwriter.Workbook, title: str, found: duckdb.DuckDBPyConnection) -> int:
    sheet = workbook.add_worksheet(title)
    heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    names = [column[0] for column in found.description or []]
    sheet.write_row(0, 0, [_LABELS[name] for name in names], heading)
    rows = found.fetchall()
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            sheet.write(number, column, float(value) if isinstance(value, Decimal) else value)
    sheet.freeze_panes(1, 3)
    sheet.set_column(1, 1, 28)
    return len(rows)


def _as_of(connection: duckdb.DuckDBPyConnection) -> datetime:
    row = connection.execute("select as_of from marts.dim_run").fetchone()
    assert row is not None
    return datetime(row[0].year, row[0].month, row[0].day)
