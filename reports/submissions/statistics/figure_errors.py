"""The list that a clerk works through: every failed check with its place, a link to it and a plain reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from reports.submissions.error_list import LIST, SEVERITIES, SUMMARY, TITLE, ErrorSheets
from reports.submissions.statistics.figure_checks import Failure
from reports.submissions.statistics.figure_form import Uncertain
from reports.submissions.workbooks import open_workbook

_SUMMARY = {"表": 34, "级别": 8, "检查项": 24, "行数": 10}
_LIST = {"表": 34, "工作表": 16, "单元格": 10, "项目": 28, "级别": 8, "检查项": 24, "原因": 80}
_LINK_COLUMN = list(_LIST).index("单元格")
_UNCERTAIN = {"表": 34, "项目": 28, "说明": 100}


def write_errors(
    path: Path,
    book: str,
    titles: Mapping[str, str],
    failures: list[Failure],
    uncertain: Iterable[Uncertain],
) -> None:
    """`book` is the main file, to link into; `titles` names the tables by code."""
    counted = Counter((titles.get(f.sheet, f.sheet), f.severity, f.check) for f in failures)
    links = {
        (row, _LINK_COLUMN): f"external:{book}#'{f.place.sheet}'!{f.place.cell}"
        for row, f in enumerate(failures)
        if f.place.cell
    }
    with open_workbook(path, TITLE) as workbook:
        sheets = ErrorSheets(workbook, for_paper=True)
        sheets.table(
            SUMMARY,
            _SUMMARY,
            [
                (table, SEVERITIES[severity], check, str(count))
                for (table, severity, check), count in counted.items()
            ],
        )
        sheets.table(LIST, _LIST, [_listed(titles, failure) for failure in failures], links)
        sheets.table("待确认内容", _UNCERTAIN, [(one.sheet, one.field, one.note) for one in uncertain])


def _listed(titles: Mapping[str, str], failure: Failure) -> tuple[str, ...]:
    return (
        titles.get(failure.sheet, failure.sheet),
        failure.place.sheet,
        failure.place.cell,
        failure.field,
        SEVERITIES[failure.severity],
        failure.check,
        failure.reason,
    )
