"""The mutation tool itself: it makes the mistakes that it says it makes, and sees them. A failure means that a high score
would say nothing."""

from __future__ import annotations

import duckdb
import pytest

from tests.rules.mutation.judging import Rule, judged
from tests.rules.mutation.mutants import mutants

STATEMENT = """
with judged as (
    select
        rows.subject_id,
        coalesce(rows.days, 0) as days,
        case when rows.days > 5 and not rows.is_exempt then 'breach' else 'pass' end as state,
        case when rows.days > 5 then '多' end as days_zh
    from subjects as rows
    inner join others on rows.subject_id = others.subject_id
)
select subject_id, 'B' as body_id, date '2026-11-01' as anchor_on, state,
    false as is_abroad, false as is_exempt, false as is_in_question
from judged
"""


@pytest.fixture
def warehouse() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create schema marts")
    connection.execute("create table marts.dim_run as select date '2026-11-15' as as_of")
    connection.execute(
        "create table marts.dim_rule as select 'R1' as rule_id, date '2026-03-01' as effective_from"
    )
    connection.execute(
        "create table subjects as"
        " from (values ('A', 5, false), ('B', 6, false), ('C', 7, true)) as t (subject_id, days, is_exempt)"
    )
    connection.execute("create table others as from (values ('A'), ('B'), ('C')) as t(subject_id)")
    return connection


def test_every_kind_of_mistake_is_made_in_the_judgement_and_not_in_its_words() -> None:
    made = list(mutants(STATEMENT))
    assert {mutant.kind for mutant in made} == {
        "turned", "moved", "swapped", "coalesce dropped", "not dropped", "join",
    }  # fmt: skip
    assert len({mutant.sql for mutant in made}) == len(made), "the same mutant twice"
    assert not [mutant for mutant in made if "多" in mutant.before]


def test_a_moved_boundary_is_seen_by_a_subject_on_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    rule = Rule("R1", "cnca", False, STATEMENT)
    before = judged(warehouse, rule, STATEMENT)
    assert before is not None
    assert before == {("B", "pass", None): 2, ("B", "breach", "B"): 1}
    moved = [mutant for mutant in mutants(STATEMENT) if mutant.name in ("moved: 5 -> 4", "moved: 5 -> 6")]
    assert len(moved) == 2
    assert all(judged(warehouse, rule, mutant.sql) != before for mutant in moved)


def test_an_inner_join_made_outer_is_not_seen_where_everything_matches(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    rule = Rule("R1", "cnca", False, STATEMENT)
    (join,) = [mutant for mutant in mutants(STATEMENT) if mutant.kind == "join"]
    assert judged(warehouse, rule, join.sql) == judged(warehouse, rule, STATEMENT)
    warehouse.execute("delete from others where subject_id = 'B'")
    assert judged(warehouse, rule, join.sql) != judged(warehouse, rule, STATEMENT)
