"""Numbers of the conformity, reporting and data quality pages tie to the warehouse they are read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pandas as pd
import pytest

from ingestion.fates import REASONS
from reports.dashboard.blocks import Figure, Table
from reports.dashboard.filings import FilingRow, register_filings
from reports.dashboard.pages.quality import PAGE as QUALITY
from reports.dashboard.pages.rules import PAGE as RULES
from reports.dashboard.pages.submissions import PAGE as SUBMISSIONS
from reports.dashboard.values import figure_frame, indicator_value, table_frame
from reports.quarantine_labels import REASON, REMEDY
from reports.rows import Rows
from reports.warehouse import open_warehouse
from tests.support.embedded import column
from tests.support.published import PLANTED_SUBJECT, write_published

PAGES = (RULES, SUBMISSIONS, QUALITY)
BLOCKS: dict[str, Table | Figure] = {
    block.name: block for page in PAGES for block in (*page.tables, *page.figures)
}
STATES = ["breach", "warning", "undetermined"]
FILINGS = (
    FilingRow("monthly", "B1", "2026-10", 1, "superseded", False, 12, 1, prepared_on=date(2026, 11, 2)),
    FilingRow("monthly", "B1", "2026-10", 2, "prepared", False, 3, 0, prepared_on=date(2026, 11, 5)),
    FilingRow("monthly", "B2", "2026-11", 1, "sent", True, 0, 2, sent_on=date(2026, 11, 6)),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(write_published(tmp_path_factory.mktemp("pages") / "published.duckdb")) as connection:
        register_filings(connection, FILINGS)
        yield connection


def rows(published: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    block = BLOCKS[name]
    if isinstance(block, Table):
        return table_frame(published, block, masked=False)
    return figure_frame(published, block)


def number(published: duckdb.DuckDBPyConnection, query: str) -> int:
    found = published.execute(query).fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.parametrize("name", list(BLOCKS))
def test_a_block_has_the_columns_it_shows_and_comes_sorted(
    name: str, published: duckdb.DuckDBPyConnection
) -> None:
    """A column without data fails the whole page; an unsorted query would give other bytes next time."""
    block, frame = BLOCKS[name], rows(published, name)
    if isinstance(block, Table):
        assert {column.key for column in block.columns} <= set(frame.columns)
    assert isinstance(block, Figure) or (
        block.query.order if isinstance(block.query, Rows) else "order by" in block.query
    )
    pd.testing.assert_frame_equal(frame, rows(published, name))


def test_findings_are_counted_the_same_everywhere(published: duckdb.DuckDBPyConnection) -> None:
    """A bar that says 89 and opens a list of 88 ends the reader's trust in both."""
    counted = ", ".join(f"count(*) filter (where state = '{state}') as {state}" for state in STATES)
    expected = published.execute(f"select {counted} from marts.fct_rule_finding").df().iloc[0].tolist()
    assert [int((rows(published, "findings")["state"] == state).sum()) for state in STATES] == expected
    for name in ("findings_by_chapter", "findings_by_body", "findings_by_clause", "frequent_findings"):
        assert rows(published, name)[STATES].sum().tolist() == expected, name
    indicators = {item.name: item for item in RULES.indicators}
    assert [
        sum(column(indicator_value(published, indicators[f"rules_{state}"])["data"], "value"))
        for state in STATES
    ] == expected


def test_rules_of_all_bodies_and_of_each_add_up(published: duckdb.DuckDBPyConnection) -> None:
    """Rows of all bodies together are the evaluation's counts, and the bodies' rows sum to them."""
    frame = rows(published, "rules")
    states = ["breach", "warning", "undetermined", "passed", "not_applicable", "population"]
    together = frame[frame["body_id"] == ""].set_index("rule_id")[states].astype(int).sort_index()
    evaluated = published.execute("select * from marts.fct_rule_evaluation").df().set_index("rule_id")
    pd.testing.assert_frame_equal(
        together, evaluated[states].astype(int).sort_index(), check_dtype=False, check_index_type=False
    )
    each = frame[frame["body_id"] != ""].groupby("rule_id")[states].sum().astype(int).sort_index()
    pd.testing.assert_frame_equal(each, together, check_dtype=False)
    assert set(frame["body_id"]) == {"", "B1", "B2", "B3"}


def test_the_trend_sums_to_the_months_it_shows(published: duckdb.DuckDBPyConnection) -> None:
    """The rate is breaches over what was judged: undetermined subjects are in neither."""
    table = BLOCKS["findings_trend"].drawing.summarise(rows(published, "findings_trend"))  # type: ignore[union-attr]
    expected = number(published, "select sum(breach) from marts.fct_rule_monthly where month is not null")
    assert table["breach"].sum() == expected
    august = table[table["month"] == "2026-08"].iloc[0]
    assert august["breach_rate"] == pytest.approx(100 * august["breach"] / august["judged"])


def test_a_planted_finding_has_its_message_record_and_clause(published: duckdb.DuckDBPyConnection) -> None:
    """What the drill ends at: the sentence, the evidence, the certificate's page and the rule book."""
    frame = rows(published, "findings")
    planted = frame[frame["subject_id"] == PLANTED_SUBJECT]
    assert planted[["rule_id", "certificate_id", "due_on", "observed_on", "month"]].values.tolist() == [
        ["R6.2.1", "C0000001", "2029-04-01", "2029-04-02", "2026-04"]
    ]
    assert planted["chapter"].tolist() == ["6"]
    assert planted["href"].tolist() == ["certificate.html#id=C0000001"]
    assert set(frame[frame["subject_type"] == "person"]["href"]) == {"auditor.html#id=P0001"}


def test_the_calendar_shows_every_day_and_all_that_is_due(published: duckdb.DuckDBPyConnection) -> None:
    """A day that is left out would move the rest of its week."""
    table = BLOCKS["submission_calendar"].drawing.summarise(rows(published, "submission_calendar"))  # type: ignore[union-attr]
    days = pd.to_datetime(table["due_on"])
    assert (days.diff().dropna() == pd.Timedelta(days=1)).all()
    expected = number(
        published,
        "select count(*) from marts.fct_submission_calendar, marts.dim_run"
        " where due_on between as_of and as_of + interval 90 day",
    )
    assert table["obligations"].sum() == expected
    one = table[table["obligations"] > 0].iloc[0]
    assert one["kinds"].endswith(f" {one['obligations']}")


def test_what_is_due_is_counted_and_listed_alike(published: duckdb.DuckDBPyConnection) -> None:
    """The indicator, the bars and the list speak of the same obligations."""
    listed = rows(published, "obligations")
    assert len(listed) == number(published, "select count(*) from marts.fct_submission_calendar")
    bars = rows(published, "obligations_by_kind")
    for urgency in ("overdue", "soon", "ahead", "later"):
        assert bars[f"due_{urgency}"].sum() == (listed["urgency"] == urgency).sum()
    overdue = next(item for item in SUBMISSIONS.indicators if item.name == "report_overdue")
    counted = column(indicator_value(published, overdue)["data"], "value")
    assert sum(counted) == (listed["urgency"] == "overdue").sum()


def test_the_next_step_is_that_of_the_newest_version(published: duckdb.DuckDBPyConnection) -> None:
    """An older version's errors are no work any more; what was sent waits for its receipt."""
    listed = rows(published, "obligations")
    due = listed[(listed["kind"] == "monthly") & (listed["reported_state"] == "none")]
    october = due[(due["body_id"] == "B1") & (due["period"] == "2026-10")]["next_step"].unique().tolist()
    november = due[(due["body_id"] == "B2") & (due["period"] == "2026-11")]["next_step"].unique().tolist()
    assert october == ["改正 3 处错误后重新生成"]
    assert november == ["等待回执"]


def test_punctuality_adds_up_to_the_deadlines(published: duckdb.DuckDBPyConnection) -> None:
    """Kinds and months partition the obligations; rows of all bodies are the sum of the bodies'."""
    frame = rows(published, "punctuality")
    progress = ["on_time", "late", "overdue", "open", "undetermined"]
    expected = number(published, "select count(*) from marts.fct_submission_deadline")
    assert frame[frame["body_id"] == ""][progress].to_numpy().sum() == expected
    assert frame[frame["body_id"] != ""][progress].to_numpy().sum() == expected
    assert rows(published, "submissions_by_month")[progress].to_numpy().sum() == expected
    assert rows(published, "submission_deadlines")[progress].to_numpy().sum() == expected


def test_filings_show_every_version_and_nobody(published: duckdb.DuckDBPyConnection) -> None:
    """Versions are the department's history; who prepared or approved them is the ledger's."""
    frame = rows(published, "filings")
    assert sorted(zip(frame["period"], frame["version"], frame["state"], strict=True)) == [
        ("2026-10", 1, "superseded"),
        ("2026-10", 2, "prepared"),
        ("2026-11", 1, "sent"),
    ]
    assert not [column for column in frame.columns if column.endswith("_by")]


def test_a_quarantined_row_says_what_it_could_change(published: duckdb.DuckDBPyConnection) -> None:
    """Two certificates are held back: the rule, the mart and the file that are made from certificates are named."""
    (impact,) = rows(published, "quarantine_impact").to_dict("records")
    assert (impact["table_name"], impact["quarantined"]) == ("certificate", 2)
    assert (impact["rules"], impact["marts"], impact["submissions"]) == (1, 1, 1)
    assert "R6.2.1" in impact["rule_ids"]
    assert "ZQHX-3.2.2" not in impact["rule_ids"], "a profile that is switched off changes nothing"


def test_lineage_reaches_through_all_layers(published: duckdb.DuckDBPyConnection) -> None:
    """Certificates reach the findings over staging, intermediate and the rule; the union of rules is left out."""
    lineage = rows(published, "lineage").set_index("node")
    assert lineage.loc["fct_rule_finding", "sources"] == "raw.certificate; raw.organization;"
    assert lineage.loc["stg_organization", "sources"] == "raw.organization;"
    assert "rule_results__certificates" not in lineage.index
    heat = rows(published, "lineage_layers").set_index(["source", "layer_zh"])["nodes"]
    assert heat["raw.certificate;", "规则"] == 1


def test_undetermined_findings_name_what_is_missing(published: duckdb.DuckDBPyConnection) -> None:
    """The empty value of the evidence, in words; without it nobody knows what to put right."""
    frame = rows(published, "undetermined")
    expected = number(published, "select count(*) from marts.fct_rule_finding where state = 'undetermined'")
    assert frame[frame["body_id"] == ""]["findings"].sum() == expected
    assert frame[frame["body_id"] != ""]["findings"].sum() == expected
    assert set(frame["missing"]) == {"审核编号"}
    assert rows(published, "missing_items")["findings"].sum() == expected


def test_completeness_lists_only_what_may_be_empty(published: duckdb.DuckDBPyConnection) -> None:
    """A required column is never empty: its rows are in quarantine."""
    frame = rows(published, "completeness")
    assert "certificate.issued_on" not in set(frame["name"])
    assert frame.set_index("name").loc[
        "certificate.decision_id", ["missing", "missing_percent"]
    ].tolist() == [
        50,
        25.0,
    ]


def test_every_reason_of_the_quarantine_has_words_and_a_remedy() -> None:
    """A new reason without words would stand on the page as an English code."""
    assert set(REASON) == set(REMEDY) == set(REASONS)


def test_a_year_without_working_days_is_said(published: duckdb.DuckDBPyConnection) -> None:
    """Deadlines in working days cannot be told in it: next year is listed before it is needed."""
    years = rows(published, "calendar_years").set_index("year")
    assert years.loc["2027", "sources"] == "未知"
