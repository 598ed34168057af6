"""Every number of the report against the records, counted a second time in another way (`counting`).

A table without a check is a failure, and so is a check that does not notice a wrong number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.annual_report.model import Figure, Paragraph, Report, Table, shown
from reports.annual_report.plot import figure_of
from tests.integration.annual_report.conftest import AS_OF
from tests.integration.annual_report.counting import CHECKS
from tests.integration.annual_report.counting.asking import Connection, figures, rows_of, tables


@pytest.mark.parametrize("name", sorted(CHECKS))
@pytest.mark.parametrize("year", ["running", "past"])
def test_table_agrees_with_the_records(
    name: str, year: str, request: pytest.FixtureRequest, connection: Connection
) -> None:
    """Breaks when a number of the table is not what the records say."""
    report: Report = request.getfixturevalue(year)
    table = tables(report).get(name)
    if table is None:
        assert year == "past", "only what is known for as_of alone is left out of a past year"
        assert name in ("surveillance_forecast", "scopes", "expiring")
        return
    CHECKS[name](report, table, connection)


def test_a_wrong_number_is_noticed(running: Report, connection: Connection) -> None:
    """The test of the tests: a number of any column of any table, made wrong by one, must fail its table's check."""
    unnoticed = []
    for name, table in tables(running).items():
        for place in sorted({0, len(table.rows) // 2, len(table.rows) - 1} if table.rows else ()):
            for at, value in enumerate(table.rows[place]):
                if isinstance(value, int | Decimal) and not _notices(running, table, place, at, connection):
                    unnoticed.append((name, place, table.columns[at].key))
    assert not unnoticed


def _notices(report: Report, table: Table, place: int, at: int, connection: Connection) -> bool:
    rows = [list(row) for row in table.rows]
    rows[place][at] += 1  # type: ignore[operator]
    wrong = replace(table, rows=tuple(tuple(row) for row in rows))
    chapters = tuple(
        replace(chapter, blocks=tuple(wrong if block is table else block for block in chapter.blocks))
        for chapter in report.chapters
    )
    try:
        CHECKS[table.name](replace(report, chapters=chapters), wrong, connection)
    except AssertionError:
        return True
    return False


def test_every_table_is_checked(running: Report) -> None:
    """Breaks when a table is added without a second counting."""
    assert set(tables(running)) == set(CHECKS)


def test_the_records_have_something_of_everything(running: Report, past: Report) -> None:
    """The checks above would pass on zeros: this fails when the made-up records have become too thin."""
    for report in (running, past):
        for name in (
            "monthly",
            "audits_by_type",
            "rules_by_clause",
            "people",
            "complaints",
            "capacity_monthly",
        ):
            assert any(value for row in tables(report)[name].rows for value in row[1:]), name
    assert figures(running, "overdue").value
    assert figures(running, "breaches").value
    assert tables(running)["complaints"].rows[-1][2:6] == (1, 1, 1, 1) or all(
        tables(running)["complaints"].rows[-1][2:6]
    )


def test_words_and_charts_say_nothing_that_no_table_says(running: Report, past: Report) -> None:
    """Breaks when a number in a sentence, a chart or the summary differs from the tables of its chapter."""
    told = {"stopped"}
    for report in (running, past):
        for chapter in report.chapters:
            known = {
                shown(value)
                for table in chapter.blocks
                if isinstance(table, Table)
                for row in table.rows
                for value in row
            }
            known |= {shown(-value) for table in chapter.blocks if isinstance(table, Table) for row in table.rows
                      for value in row if isinstance(value, int | Decimal)}  # fmt: skip
            figure_values = {shown(figure.value) for figure in chapter.key_figures}
            for block in chapter.blocks:
                if isinstance(block, Figure):
                    assert block.chart.series
                    for series in block.chart.series:
                        assert {shown(value) for value in series.values if value is not None} <= known, (
                            block.name
                        )
                if isinstance(block, Paragraph):
                    loose = {
                        name
                        for name, number in block.numbers.items()
                        if shown(number.value) not in known | figure_values
                    }
                    assert loose <= _STANDING_ALONE | told, (chapter.slug, block.text, loose)


_STANDING_ALONE = {
    "terminated", "cancelled", "planned", "days", "limit", "window", "warning", "over", "near", "undated", "valid",
    "overdue", "rows", "held", "failed", "judged",
}  # fmt: skip


def test_sentences_of_their_own(running: Report, connection: Connection) -> None:
    """Breaks when a number that only a sentence has is not what the records say."""
    said = {
        (chapter.slug, name): number.value
        for chapter in running.chapters
        for block in chapter.blocks
        if isinstance(block, Paragraph)
        for name, number in block.numbers.items()
    }
    planned = rows_of(
        connection,
        "select count(*), sum(onsite_days) from staging.stg_audit where body_id = $body and status = 'planned'"
        " and systems like '%ITSMS%' and planned_start > $as_of",
        as_of=AS_OF,
    )[0]
    assert (said["audits", "planned"], said["audits", "days"]) == planned
    for status in ("terminated", "cancelled"):
        (count,) = rows_of(
            connection,
            "select count(*) from staging.stg_audit where body_id = $body and status = $status"
            " and systems like '%ITSMS%' and planned_start between '2026-01-01' and $as_of",
            as_of=AS_OF,
            status=status,
        )[0]
        assert said["audits", status] == count
    assert (said["workload", "limit"], said["workload", "warning"]) == (180, 160)
    assert said["workload", "over"] == figures(running, "over_limit").value
    overdue = tables(running)["overdue_list"]
    if len(overdue.rows) < 20:
        assert said["surveillance", "overdue"] == len(overdue.rows)
        assert said["surveillance", "valid"] == overdue.column("status").count("有效")
    assert said["capacity", "limit"] == 50
    (rows,) = rows_of(connection, "select sum(rows_in) from meta.manifest_table")[0]
    assert (said["caveats", "rows"], said["caveats", "held"], said["caveats", "failed"]) == (rows, 0, 1)


def test_decisions_follow_from_the_findings(running: Report) -> None:
    """Breaks when the summary asks for a decision that no chapter supports, or keeps one back."""
    matters = [(decision.chapter, decision.matter.text) for _, decision in running.decisions]
    breaches = sorted(
        (row[4] for row in tables(running)["rules_by_clause"].rows[:-1] if row[4]), reverse=True
    )  # type: ignore[type-var]
    named = [int(re.findall(r"不符合 (\d+)", text)[0]) for chapter, text in matters if chapter == "rules"]
    assert named == breaches[:5]
    assert any(
        "超过答复期限" in text and "1 件" in text for chapter, text in matters if chapter == "complaints"
    )
    assert len([number for number, _ in running.decisions]) == sum(
        len(chapter.decisions) for chapter in running.chapters
    )


@pytest.mark.parametrize(
    ("figure", "table", "columns"),
    [
        ("stock", "monthly", {"有效": "valid_at_end", "暂停": "suspended_at_end"}),
        ("flows", "monthly", {"初次发证": "issued", "暂停": "suspended"}),
        ("days", "audits_monthly", {"一阶段审核": "stage1", "监督审核": "surveillance"}),
        ("ratio", "capacity_monthly", {"ITSMS 人均有效证书": "ratio"}),
        ("findings", "rules_monthly", {"不符合": "breach"}),
    ],
)
def test_a_chart_shows_the_column_it_names(
    running: Report, figure: str, table: str, columns: dict[str, str]
) -> None:
    """Breaks when a series is drawn from another column of its table."""
    (drawn,) = [
        figure_of(block.chart).data
        for chapter in running.chapters
        for block in chapter.blocks
        if isinstance(block, Figure) and block.name == figure
    ]
    for trace in drawn:
        if trace.name in columns:
            numbers = tables(running)[table].numbers(columns[trace.name])
            assert [abs(size or 0) for size in trace.y] == [float(number or 0) for number in numbers]
