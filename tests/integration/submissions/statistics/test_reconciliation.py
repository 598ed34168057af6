"""Every number of every statistical file is what counting the records by hand gives.

The figures are counted a second time (counting.py) and laid against those of the warehouse, all of them; then
every number cell of every workbook and every table of every document is worked out from the second count.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import docx
import pytest

from reports.documents.builder import shown
from reports.submissions.kinds import KINDS
from reports.submissions.preparing import prepare_all
from reports.submissions.result import SubmissionResult
from reports.submissions.statistics.figure_form import StatisticsForm
from reports.submissions.statistics.figure_form_reading import load_form
from reports.submissions.statistics.figures import Figures, Span
from reports.submissions.statistics.filling import Filled, fill
from reports.warehouse import open_warehouse
from tests.integration.submissions.statistics.counting import Records, count
from tests.integration.submissions.statistics.reading import cells_of

PERIODS = ["2025", "2026", "2026-01", "2026-08", "2026-09", "2026-10"]
FILES = [
    ("annual", "2025"), ("annual", "2026"), ("social_responsibility", "2026"), ("monthly_statistics", "2026-09"),
]  # fmt: skip


@pytest.fixture(scope="module")
def records(small_body: Path) -> Records:
    return Records(small_body)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("body", ["B1", "B2"])
def test_figures_are_those_of_the_records(small_body: Path, records: Records, body: str, period: str) -> None:
    with open_warehouse(small_body) as connection:
        rows = connection.execute(
            "select topic, item, measure, value from submissions.sub_statistics__figure"
            " where body_id = ? and period = ?",
            [body, period],
        ).fetchall()
    assert {(topic, item, measure): value for topic, item, measure, value in rows} == count(
        records, body, period
    )


@pytest.mark.parametrize(("kind", "period"), FILES)
def test_every_number_of_the_files(
    small_body: Path, records: Records, tmp_path: Path, kind: str, period: str
) -> None:
    form = load_form(KINDS[kind].forms[0])
    for body, results in prepare_all(kind, small_body, tmp_path, period=period).items():
        figures = _counted(records, body, period)
        tables = {code: fill(form, table, figures) for code, table in form.tables.items()}
        for result in results:
            _compare_workbook(form, tables, result)
            _compare_documents(form, tables, result)
            for name, expression in form.totals.items():
                total = result.manifest["sheets"][0]["totals"][name]
                assert Decimal(total) == figures.evaluate(expression), name


def _counted(records: Records, body: str, period: str) -> Figures:
    year, _, month = period.partition("-")
    if month:
        before = f"{int(year) - 1}-12" if month == "01" else f"{year}-{int(month) - 1:02}"
        span = Span(period, before, tuple(f"{year}-{number:02}" for number in range(1, int(month) + 1)))
    else:
        span = Span(year, str(int(year) - 1), (year,))
    values = {
        (one, *key): value
        for one in {span.this, span.before, *span.to_date}
        for key, value in count(records, body, one).items()
    }
    return Figures(values, span)


def _compare_workbook(form: StatisticsForm, tables: dict[str, Filled], result: SubmissionResult) -> None:
    if result.workbook.suffix != ".xlsx":
        return
    seen = 0
    for sheet in form.sheets_of(result.manifest["period"][8:]):
        rows = cells_of(result.workbook, sheet.name)
        numbers = [[cell for cell in row if isinstance(cell, float)] for row in rows]
        wanted = [
            [float(value) for value in row.values if value is not None]
            for code in sheet.tables
            for row in tables[code].rows
        ]
        assert [row for row in numbers if row] == [row for row in wanted if row], sheet.name
        seen += sum(map(len, wanted))
    assert seen > 100


def _compare_documents(form: StatisticsForm, tables: dict[str, Filled], result: SubmissionResult) -> None:
    for path in sorted(result.path.glob("*.docx")):
        assert form.document
        codes = form.document.tables
        found = docx.Document(str(path)).tables
        assert len(found) == len(codes) >= 3
        for table, code in zip(found, codes, strict=True):
            rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
            wanted = [[row.label, *(shown(value) for value in row.values)] for row in tables[code].rows]
            assert rows == (wanted or [["无", *["—"] * len(tables[code].table.columns)]]), code
