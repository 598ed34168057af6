"""The rule book: every clause accounted for, every rule explained, the page in docs up to date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from ingestion.contract import contract
from reports.explain import NotExplainable, explain
from reports.rulebook import read_rulebook, rulebook_markdown
from tests.rules.case_source import DEFAULT_AS_OF, load_cases

DOCS = Path(__file__).parents[2] / "docs" / "rulebook.md"
# The numbered clauses of the rule text: chapters, sections, clauses, annexes.
COUNTS = {
    "1": 5, "2": 1, "3": 13, "4": 6, "5": 88, "6": 14, "7": 8, "8": 4, "9": 5, "10": 6, "11": 8, "12": 13, "附录": 3, "C": 5,
}  # fmt: skip

Judged = Callable[[date], duckdb.DuckDBPyConnection]


@pytest.fixture(scope="module")
def warehouse(judged: Judged) -> Path:
    rows = judged(DEFAULT_AS_OF).execute(
        "select path from duckdb_databases() where database_name = current_database()"
    )
    return Path(rows.fetchall()[0][0])


def test_no_clause_is_missing(warehouse: Path) -> None:
    """A clause that is missing here is a demand of the law that nobody looks at."""
    found: dict[str, int] = {}
    for clause in read_rulebook(warehouse).clauses:
        found[clause["chapter"]] = found.get(clause["chapter"], 0) + 1
    assert found == COUNTS


def test_clauses_decided_by_data_name_their_rules(warehouse: Path) -> None:
    """A clause that claims to be decided by data and is not would be a vacuous pass of the whole book."""
    book = read_rulebook(warehouse)
    known = {rule["rule_id"] for rule in book.rules_of_profile("cnca")}
    for clause in book.clauses:
        rules = set((clause["rule_ids"] or "").split(";")) - {""}
        assert rules <= known, clause["clause"]
        assert clause["reason_zh"]
        if clause["decision"] in ("data", "in part"):
            # 1.3 is the exception for clients abroad, which every rule takes into account.
            assert rules or clause["clause"] == "1.3", clause["clause"]
        elif clause["decision"] == "evidence":
            assert rules <= {"RD-1"}, clause["clause"]
        else:
            assert not rules, clause["clause"]


def test_every_rule_of_the_regulator_stands_under_a_clause(warehouse: Path) -> None:
    book = read_rulebook(warehouse)
    under = {rule for clause in book.clauses for rule in (clause["rule_ids"] or "").split(";")}
    assert {rule["rule_id"] for rule in book.rules_of_profile("cnca")} <= under


def test_docs_are_up_to_date(warehouse: Path) -> None:
    """`make rulebook` writes the page that this compares with."""
    assert DOCS.read_text(encoding="utf-8") == rulebook_markdown(read_rulebook(warehouse))


def test_explanation_of_a_breach(warehouse: Path) -> None:
    """Explains with the rule's own SQL: the values that decided, the parameter, the records."""
    (case,) = [
        case for case in load_cases() if (case.rule, case.name) == ("R6.2.1", "one_day_beyond_breaches")
    ]
    found = explain(warehouse, "R6.2.1", f"{case.prefix}C1")
    assert found.state == "breach"
    assert (found.judged["observed_on"], found.judged["latest_on"]) == (date(2029, 4, 2), date(2029, 4, 1))
    assert [row["value"] for row in found.parameters] == ["36"]
    assert found.records["certificate"][0]["expires_on"] == date(2029, 4, 2)
    assert "R6.2.1" in found.render()


def test_explanation_shows_the_window_that_gave_the_maximum(warehouse: Path, judged: Judged) -> None:
    """Who is told of 181 days must be able to count them, day by day, and no other day with them."""
    (worst,) = (
        judged(DEFAULT_AS_OF)
        .execute(
            "select subject_id from marts.fct_rule_finding where rule_id = 'R3.9-a' and state = 'breach'"
            " order by measured desc, subject_id limit 1"
        )
        .fetchall()
    )
    found = explain(warehouse, "R3.9-a", worst[0])
    days = [day for day, *_ in found.window]
    assert found.window[-1][2] == sum(load for _, load, *_ in found.window) == found.judged["measured"]
    assert days == sorted(days) and (days[-1] - days[0]).days < 365
    assert days[-1] <= found.judged["rolling_max_end_on"]
    said = found.render()
    assert f"{days[0]}" in said
    assert "累计" in said


def test_every_finding_can_be_explained_with_its_own_state(warehouse: Path, judged: Judged) -> None:
    """One finding of each rule and state: the explanation must come to the state that was published."""
    findings = (
        judged(DEFAULT_AS_OF)
        .execute(
            "select rule_id, min(subject_id), state from marts.fct_rule_finding group by rule_id, state order by 1, 3"
        )
        .fetchall()
    )
    assert len(findings) > 100
    for rule_id, subject_id, state in findings:
        explanation = explain(warehouse, rule_id, subject_id)
        assert explanation.state == state, (rule_id, subject_id)
        for table, rows in explanation.records.items():
            personal = {column.name for column in contract().tables[table].columns if column.pii}
            assert not personal & {column for row in rows for column in row}


@pytest.mark.parametrize(
    ("rule", "subject", "says"),
    [("R0.0", "C1", "There is no rule"), ("R6.2.1", "nobody", "is not a subject of R6.2.1")],
)
def test_what_cannot_be_explained_says_why(warehouse: Path, rule: str, subject: str, says: str) -> None:
    with pytest.raises(NotExplainable, match=says):
        explain(warehouse, rule, subject)
