"""The rule book page: clause by clause, rule by rule, with what the current run found and where to see it.

Unlike the monitoring page it is complete HTML: it can be read, searched and printed without any script.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import duckdb

from ingestion.contract import contract
from reports.dashboard.pages import places
from reports.dashboard.rendering import rendered
from reports.dashboard.run import Run
from reports.labels import (
    ANCHOR,
    CLAUSE_DECISION,
    FINDING_STATE,
    PARAMETER_TABLE,
    RULE_SEVERITY,
    SUBJECT_TYPE,
)
from reports.rows import Rows, read
from reports.rulebook import Row, RuleBook

RULE_BOOK_SLUG = "rulebook"
RULE_BOOK_TITLE = "规则手册"
_HEADINGS = ("章标题", "节标题")
_ANNEX_B = "附录 B"
_COUNTS = ("breach", "warning", "undetermined", "passed", "not_applicable")

Outcomes = Mapping[str, Mapping[str, int]]
"""By rule id: how many subjects are in each state, for the rules that the run evaluated."""


@dataclass(frozen=True)
class Outcome:
    """How many subjects of a rule are in one state; `href` leads to them where they are listed."""

    state: str
    label: str
    count: int
    href: str


@dataclass(frozen=True)
class ShownRule:
    """A rule in the reader's words. No outcomes: the run did not evaluate it."""

    id: str
    row: Row
    severity: str
    subject: str
    anchor: str
    cautions: list[str]
    parameters: list[tuple[str, str, str]]
    columns: list[tuple[str, str]]
    outcomes: list[Outcome]
    population: int


@dataclass(frozen=True)
class ShownClause:
    """A clause with the rules that stand under it, and the ids of those that stand under an earlier one."""

    anchor: str
    number: str
    title: str
    decision: str
    reason: str
    rules: list[ShownRule]
    elsewhere: list[str]
    audit_times: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Part:
    """A chapter, an annex or a body's own procedure; a chapter's first clause is its heading."""

    anchor: str
    title: str
    clauses: list[ShownClause]
    rules: list[ShownRule]
    is_enabled: bool = True

    @property
    def rule_count(self) -> int:
        return len(self.rules) + sum(len(clause.rules) for clause in self.clauses)


def read_outcomes(connection: duckdb.DuckDBPyConnection) -> Outcomes:
    columns = ("population", *_COUNTS)
    frame = read(connection, Rows("marts.fct_rule_evaluation", order=("rule_id",)), ("rule_id", *columns))
    return {row["rule_id"]: {name: int(row[name]) for name in columns} for row in frame.to_dict("records")}


def rule_book_html(book: RuleBook, outcomes: Outcomes, run: Run, *, pages: Iterable[tuple[str, str]]) -> str:
    """The page. `pages` are (slug, title) of all pages, for the navigation."""
    decisions = Counter(clause["decision"] for clause in book.clauses)
    return rendered(
        "rulebook.html",
        page={"slug": RULE_BOOK_SLUG, "title": RULE_BOOK_TITLE},
        pages=pages,
        run=run,
        parts=_parts(book, outcomes),
        decision_labels=CLAUSE_DECISION,
        decisions=[(key, label, decisions[key]) for key, label in CLAUSE_DECISION.items()],
        rule_count=len(book.rules),
        evaluated_count=sum(rule in outcomes for rule in book.rules),
    )


def clause_anchor(clause: str) -> str:
    """The clause's place on the page; ids hold no spaces."""
    return "clause-" + re.sub(r"\s+", "-", clause)


def _parts(book: RuleBook, outcomes: Outcomes) -> list[Part]:
    placed: set[str] = set()
    chapters: list[list[ShownClause]] = []
    for row in book.clauses:
        shown = _clause(row, book, outcomes, placed)
        if "." in row["clause"] and chapters:
            chapters[-1].append(shown)
        else:
            chapters.append([shown])
    parts = [
        Part(clauses[0].anchor, f"{clauses[0].number} {clauses[0].title}", clauses, [])
        for clauses in chapters
    ]
    for profile, title in book.profiles.items():
        # Rules of the rule text stand under their clauses; one without a clause must not vanish.
        rules = [rule for rule in book.rules_of_profile(profile) if rule["rule_id"] not in placed]
        if rules:
            parts.append(
                Part(
                    f"profile-{profile}",
                    f"机构自有程序：{title}" if profile != "cnca" else "未对应到条款的规则",
                    [],
                    [_rule(rule, book, outcomes) for rule in rules],
                    is_enabled=any(rule["is_enabled"] for rule in rules),
                )
            )
    return parts


def _clause(row: Row, book: RuleBook, outcomes: Outcomes, placed: set[str]) -> ShownClause:
    named = [rule for rule in (row["rule_ids"] or "").split(";") if rule]
    new = [rule for rule in named if rule not in placed]
    placed.update(new)
    return ShownClause(
        anchor=clause_anchor(row["clause"]),
        number=row["clause"],
        title=row["title_zh"],
        decision=row["decision"],
        reason="" if row["reason_zh"] in _HEADINGS else row["reason_zh"] or "",
        rules=[_rule(book.rules[rule], book, outcomes) for rule in new],
        elsewhere=[rule for rule in named if rule not in new],
        audit_times=_audit_times(book) if row["clause"] == _ANNEX_B else [],
    )


def _audit_times(book: RuleBook) -> list[tuple[str, str, str]]:
    """Annex B: effective headcount, person-days, where they stand and since when."""
    shown, above, since = [], 0, None
    for row in book.audit_times:
        above = above if row["effective_from"] == since else 0
        upper, since = row["persons_up_to"], row["effective_from"]
        persons = f"{above + 1} 及以上" if upper is None else f"{above + 1}–{upper}"
        source = row["source"] if row["is_extrapolated"] else f"{row['source']} {row['clause']}"
        shown.append((persons, f"{float(row['base_days']):g}", f"{source}，{since} 起"))
        above = upper or 0
    return shown


def _rule(row: Row, book: RuleBook, outcomes: Outcomes) -> ShownRule:
    rule_id = str(row["rule_id"])
    counts = outcomes.get(rule_id, {})
    parameters = [
        (value["label_zh"], value["value_zh"], f"{value['effective_from']} 起，{value['source_zh']}")
        for value in book.parameters_of(row)
    ]
    parameters += [(PARAMETER_TABLE[table], "", "") for table in book.parameter_tables_of(row)]
    return ShownRule(
        id=rule_id,
        row=row,
        severity=_word(RULE_SEVERITY, row["severity"]),
        subject=_word(SUBJECT_TYPE, row["subject_type"]),
        anchor=_word(ANCHOR, row["anchor"]),
        cautions=[row["caution_zh"]] if row["caution_zh"] else [],
        parameters=parameters,
        columns=_columns(row["columns_read"] or ""),
        outcomes=[_outcome(rule_id, state, counts[state]) for state in _COUNTS if state in counts],
        population=counts.get("population", 0),
    )


def _word(words: Mapping[str, str], code: str) -> str:
    return words.get(code, code)


def _outcome(rule_id: str, state: str, count: int) -> Outcome:
    """Findings are listed one by one; who passes, or is not concerned, is only counted."""
    is_listed = count > 0 and state not in ("passed", "not_applicable")
    address = {"go": "findings", "findings.rule_id": rule_id, "findings.state": state}
    return Outcome(
        state=state,
        label=FINDING_STATE["pass" if state == "passed" else state],
        count=count,
        href=f"{places()['findings']}.html#{urlencode(address)}" if is_listed else "",
    )


def _columns(columns_read: str) -> list[tuple[str, str]]:
    """The source columns by table, in the contract's Chinese words."""
    found: dict[str, list[str]] = {}
    for name in filter(None, columns_read.split(";")):
        table_name, column_name = name.split(".")
        table = contract().tables[table_name]
        found.setdefault(table.label_zh, []).append(table.column(column_name).label_zh)
    return [(table, "、".join(labels)) for table, labels in found.items()]
