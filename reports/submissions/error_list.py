"""The workbook that a clerk works through, whatever the checked file is: its name, its words, the look of its sheets.

Personal data never stands in it: a mask does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

ERRORS = "errors.xlsx"
TITLE = "校验结果"
SUMMARY, LIST = "汇总", "清单"
SEVERITIES = {"error": "错误", "warning": "提示"}
MASK = "（个人信息，不显示）"
UNREADABLE_REASON = "含有乱码、看不见的字符或错误值，请在来源中更正"


class ErrorSheets:
    """Headed sheets of text, frozen below the heading, with a filter."""

    def __init__(self, workbook: xlsxwriter.Workbook, *, for_paper: bool = False) -> None:
        """for_paper: long texts are wrapped, and a page is as wide as the sheet."""
        self._workbook = workbook
        self._for_paper = for_paper
        self.heading = workbook.add_format({"bold": True, "num_format": "@", "bottom": 1})
        wrapped = {"text_wrap": True, "valign": "top"} if for_paper else {}
        self.text = workbook.add_format({"num_format": "@", **wrapped})

    def headed(self, name: str, columns: Mapping[str, int], rows: int) -> Worksheet:
        """A sheet with its heading; columns: title -> width."""
        worksheet = self._workbook.add_worksheet(name)
        for column, (title, width) in enumerate(columns.items()):
            worksheet.set_column(column, column, width, self.text)
            worksheet.write_string(0, column, title, self.heading)
        worksheet.freeze_panes(1, 0)
        worksheet.autofilter(0, 0, rows, len(columns) - 1)
        if self._for_paper:
            worksheet.set_landscape()
            worksheet.fit_to_pages(1, 0)
        return worksheet

    def table(
        self,
        name: str,
        columns: Mapping[str, int],
        rows: Iterable[tuple[str, ...]],
        links: Mapping[tuple[int, int], str] | None = None,
    ) -> None:
        """A whole sheet; links: (row, column), both from 0, -> where its cell leads."""
        listed = list(rows)
        worksheet = self.headed(name, columns, len(listed))
        for place, row in enumerate(listed):
            for column, value in enumerate(row):
                if links and (place, column) in links:
                    worksheet.write_url(place + 1, column, links[place, column], self.text, value)
                else:
                    worksheet.write_string(place + 1, column, value, self.text)
