"""Judges a rule's SQL, or a mutant of it, on the warehouse of all boundary cases."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import duckdb

# What rule_results does with every rule's rows: see the macro of that name.
_STATED = """
select
    body_id,
    case
        when is_in_question then 'undetermined'
        when is_exempt or (is_abroad and $profile = 'cnca') then 'not_applicable'
        when anchor_on is null then 'undetermined'
        when anchor_on < $in_force_from then 'not_applicable'
        else state
    end as stated,
    case when stated in ('warning', 'breach', 'undetermined') then subject_id end as subject_id
from ({statement}) as subjects
where $is_term or anchor_on is null or anchor_on <= $as_of
"""


@dataclass(frozen=True)
class Rule:
    """A rule as the warehouse knows it."""

    rule_id: str
    profile: str
    is_term: bool
    sql: str


def rules(warehouse: duckdb.DuckDBPyConnection) -> list[Rule]:
    rows = warehouse.execute(
        "select rule_id, profile, anchor_kind = 'term', sql from meta.rule_sql inner join marts.dim_rule using (rule_id)"
        " order by rule_id"
    ).fetchall()
    return [Rule(*row) for row in rows]


def judged(
    warehouse: duckdb.DuckDBPyConnection, rule: Rule, statement: str
) -> Counter[tuple[str, ...]] | None:
    """How many subjects of which state each case has, findings by name; None where the statement cannot be run."""
    facts = warehouse.execute(
        "select effective_from, (select as_of from marts.dim_run) from marts.dim_rule where rule_id = ?",
        [rule.rule_id],
    ).fetchone()
    assert facts is not None
    parameters = {
        "profile": rule.profile, "is_term": rule.is_term, "in_force_from": facts[0], "as_of": facts[1],
    }  # fmt: skip
    try:
        return Counter(warehouse.execute(_STATED.format(statement=statement), parameters).fetchall())
    except duckdb.Error:
        return None
