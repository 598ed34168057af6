"""Figures are pure functions: what goes in is what is drawn and what the table alternative says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pandas as pd
import pytest

from reports.dashboard.blocks import Figure
from reports.dashboard.filings import register_filings
from reports.dashboard.pages import PAGES
from reports.dashboard.run import read_run
from reports.dashboard.values import figure_value
from reports.figures import (
    auditor_workload,
    body_capacity,
    certificate_status,
    findings_by_clause,
    submission_deadlines,
    surveillance_due,
)
from reports.labels import DEADLINE_PROGRESS
from reports.rows import Rows, column_types
from reports.warehouse import open_warehouse
from tests.support.published import write_published

FIGURES = [figure for page in PAGES for figure in page.figures]


def findings(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    """Rows (profile, clause, state, how many) as the figure's query gives them: a column per state."""
    states = ("breach", "warning", "undetermined")
    return pd.DataFrame(
        [
            ("B1", profile, clause, *(count if state == one else 0 for one in states))
            for profile, clause, state, count in rows
        ],
        columns=["body_id", "profile", "clause", *states],
    )


def test_clauses_stand_in_the_order_of_the_rule_text() -> None:
    """Sorted as text, 5.10.3 would stand before 5.6.1, and nobody would find it."""
    table = findings_by_clause.summarise(
        findings(
            ("icas", "6.4.8", "breach", 1),
            ("cnca", "5.10.3", "breach", 1),
            ("cnca", "5.6.1", "warning", 2),
            ("cnca", "10.1", "breach", 1),
        )
    )
    assert table["clause"].tolist() == ["5.6.1", "5.10.3", "10.1", "6.4.8"]
    assert table.loc[0, ["breach", "warning", "undetermined"]].tolist() == [0, 2, 0]


def test_a_bar_leads_to_its_findings() -> None:
    """A click on the breaches of a clause must open exactly those."""
    table = findings_by_clause.summarise(findings(("cnca", "7.2.1 (6)", "breach", 3)))
    breach = findings_by_clause.draw(table).data[0]
    assert list(breach.x) == [3]
    assert breach.customdata[0] == (
        "go=findings&findings.profile=cnca&findings.clause=7.2.1+%286%29&findings.state=breach"
    )


def test_markup_in_names_is_drawn_as_text() -> None:
    """plotly reads <b> and <a> in labels: a body's name must not become markup."""
    frame = pd.DataFrame(
        {
            "body_id": ["B1"],
            "body_name": ["<a href='x'>甲</a>"],
            "ratio_itsms": [12.0],
            "state_itsms": ["pass"],
            "ratio_all": [float("nan")],
            "state_all": ["breach"],
            "limit_ratio": [50.0],
        }
    )
    figure = body_capacity.draw(body_capacity.summarise(frame))
    labels = "".join(str(label) for trace in figure.data for label in trace.y)
    assert "<a" not in labels
    assert "&lt;a" in labels


def test_a_body_without_auditors_is_not_left_out() -> None:
    """No auditor, no ratio, no bar: the breach must be seen all the same."""
    frame = pd.DataFrame(
        {
            "body_id": ["B1"],
            "body_name": ["甲"],
            "ratio_itsms": [None],
            "state_itsms": ["breach"],
            "ratio_all": [None],
            "state_all": ["pass"],
            "limit_ratio": [50.0],
        }
    ).astype({"ratio_itsms": float, "ratio_all": float})
    figure = body_capacity.draw(body_capacity.summarise(frame))
    assert "没有审核员" in figure.data[0].text
    assert figure.data[0].name == "不符合"


def test_the_limit_is_drawn_where_the_warehouse_says() -> None:
    """The limit is data: a literal 180 in the figure would go on lying when the rule changes."""
    frame = pd.DataFrame(
        {
            "body_id": ["B1", "B1"],
            "person_id": ["P1", "P2"],
            "state": ["breach", "pass"],
            "rolling_max_days": [201.5, 10.0],
            "forecast_max_days": [205.0, None],
            "warning_days": [170.0, 170.0],
            "limit_days": [200.0, 200.0],
        }
    )
    table = auditor_workload.summarise(frame)
    figure = auditor_workload.draw(table)
    assert [shape.x0 for shape in figure.layout.shapes] == [170.0, 200.0]
    assert table["person_id"].tolist() == ["P1", "P2"]
    assert auditor_workload.describe(table) == "负荷最高的 2 人中：超过上限 1 人，预警 0 人。"


def test_only_the_most_loaded_are_drawn() -> None:
    """Hundreds of bars are no figure; the person over the limit must be among those drawn."""
    people = 200
    frame = pd.DataFrame(
        {
            "body_id": "B1",
            "person_id": [f"P{i:03}" for i in range(people)],
            "state": "pass",
            "rolling_max_days": [float(i) for i in range(people)],
            "forecast_max_days": None,
            "warning_days": 160.0,
            "limit_days": 180.0,
        }
    ).astype({"forecast_max_days": float})
    table = auditor_workload.summarise(frame)
    assert len(table) == auditor_workload.SHOWN
    assert table["person_id"].iloc[0] == "P199"


def test_months_without_surveillance_are_shown_as_empty() -> None:
    """Left out, they would make two distant months look like neighbours."""
    frame = pd.DataFrame(
        {
            "body_id": ["B1", "B2", "B1"],
            "due_month": ["2026-09", "2026-09", "2026-12"],
            "overdue": [1, 2, 0],
            "overdue_ended": [0, 0, 0],
            "coming": [0, 0, 5],
        }
    )
    table = surveillance_due.DRAWING.summarise(frame)
    assert table["due_month"].tolist() == ["2026-09", "2026-10", "2026-11", "2026-12"]
    assert table["overdue"].tolist() == [3, 0, 0, 0]


def test_every_status_has_its_row() -> None:
    """No certificate revoked is an answer; a missing row is a question."""
    frame = pd.DataFrame({"body_id": ["B1"], "status": ["valid"], "itsms": [3], "other": [1]})
    table = certificate_status.DRAWING.summarise(frame)
    assert table["status"].tolist() == ["valid", "suspended", "revoked", "cancelled", "expired", "superseded"]
    assert table["itsms"].sum() == 3


def test_shares_of_a_kind_of_report_add_up() -> None:
    """Bars are shares of the kind's whole: they end at 100."""
    frame = pd.DataFrame(
        {
            "body_id": ["B1"] * 3,
            "kind": ["audit_plan"] * 3,
            **{progress: [0, 0, 0] for progress in DEADLINE_PROGRESS},
            "on_time": [1, 0, 0],
            "late": [0, 1, 0],
            "overdue": [0, 0, 1],
        }
    )
    figure = submission_deadlines.draw(submission_deadlines.summarise(frame))
    assert sum(trace.x[0] for trace in figure.data) == pytest.approx(100, abs=0.1)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(
        write_published(tmp_path_factory.mktemp("figures") / "published.duckdb")
    ) as connection:
        register_filings(connection, ())
        yield connection


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_body_without_records_draws_nothing(figure: Figure, published: duckdb.DuckDBPyConnection) -> None:
    """A new body has no records of most kinds: no figure may fail on it."""
    query = figure.query
    if isinstance(query, Rows):
        types = column_types(published, query.relation)
        text = next(name for name, kind in types.items() if kind == "VARCHAR")
        query = replace(query, where={**query.where, text: "nobody"})
    else:
        query = f"select * from ({query}) where false"
    nothing = replace(figure, query=query)
    value = figure_value(published, nothing, read_run(published))
    assert value["all"]["figure"] is None
    assert value["all"]["words"]
    assert value["all"]["table"]["rows"] == 0


def test_every_figure_has_its_own_name_unit_and_source() -> None:
    """A figure without unit or source cannot be quoted; two of one name would share a data file."""
    assert len({figure.name for figure in FIGURES}) == len(FIGURES)
    assert all(figure.unit and figure.source and figure.title for figure in FIGURES)
