"""Makes the mutants of one rule's compiled SQL: one small, plausible mistake each.

Only the judgement is mutated: the last select, which macro `judgement` adds to every rule, and columns of words are the
same for all rules and are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

_TURNED: dict[type[exp.Expression], tuple[type[exp.Expression], ...]] = {
    exp.LT: (exp.LTE, exp.GTE),
    exp.LTE: (exp.LT, exp.GT),
    exp.GT: (exp.GTE, exp.LTE),
    exp.GTE: (exp.GT, exp.LT),
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.And: (exp.Or,),
    exp.Or: (exp.And,),
}
_SWAPPED = {
    "breach": ("pass", "undetermined"),
    "warning": ("pass", "breach"),
    "undetermined": ("pass",),
    "pass": ("breach",),
    "not_applicable": ("pass",),
}


@dataclass(frozen=True)
class Mutant:
    """One mistake: its kind, what stood there and what stands there now, and the whole statement."""

    kind: str
    before: str
    after: str
    sql: str

    @property
    def name(self) -> str:
        return f"{self.kind}: {self.before} -> {self.after}"


def mutants(statement: str) -> Iterator[Mutant]:
    """Every mutant, in the order of the text. The tree is changed in place and put back: copying it costs more than all else."""
    tree = sqlglot.parse_one(statement, dialect="duckdb")
    for node in _judging(tree):
        for kind, replacement in _mistakes(node):
            changed = replacement(node.copy())
            node.replace(changed)
            mutated = tree.sql(dialect="duckdb")
            changed.replace(node)
            yield Mutant(kind, node.sql(dialect="duckdb"), changed.sql(dialect="duckdb"), mutated)


def _judging(tree: exp.Expression) -> list[exp.Expression]:
    """The nodes that decide: of the CTEs, without columns of words."""
    found: list[exp.Expression] = []
    for cte in tree.find_all(exp.CTE):
        found.extend(node for node in cte.this.walk() if not _is_wording(node))
    return found


def _is_wording(node: exp.Expression) -> bool:
    parent: exp.Expression | None = node
    while parent is not None:
        if isinstance(parent, exp.Alias) and parent.alias.endswith("_zh"):
            return True
        parent = parent.parent
    return False


def _mistakes(node: exp.Expression) -> Iterator[tuple[str, Callable[[exp.Expression], exp.Expression]]]:
    for other in _TURNED.get(type(node), ()):
        yield "turned", lambda one, other=other: other(this=one.this, expression=one.expression)
    if isinstance(node, exp.Literal) and not node.is_string and node.this.isdigit():
        for step in (1, -1):
            yield "moved", lambda one, step=step: exp.Literal.number(int(one.this) + step)
    if isinstance(node, exp.Literal) and node.is_string:
        for other_state in _SWAPPED.get(node.this, ()):
            yield "swapped", lambda _one, state=other_state: exp.Literal.string(state)
    if isinstance(node, exp.Coalesce):
        yield "coalesce dropped", lambda one: one.this
    if isinstance(node, exp.Not):
        yield "not dropped", lambda one: one.this
    if isinstance(node, exp.Join) and node.args.get("on") is not None:
        side = "" if node.side else "LEFT"
        yield "join", lambda one, side=side: _joined(one, side)


def _joined(join: exp.Expression, side: str) -> exp.Expression:
    other = join.copy()
    other.set("side", side or None)
    other.set("kind", None if side else "INNER")
    return other
