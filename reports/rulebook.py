"""The rule book as a lawyer or a head of department reads it: clause by clause, rule by rule.

Everything comes from the marts: the clauses with how they are covered, the rules, the parameters in force.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from reports.labels import CLAUSE_DECISION, RULE_SEVERITY
from reports.warehouse import open_warehouse

Row = dict[str, Any]


@dataclass(frozen=True)
class RuleBook:
    """Clauses in the order of the rule text, rules by id, parameters by name, Annex B by headcount."""

    clauses: list[Row]
    rules: dict[str, Row]
    parameters: dict[str, list[Row]]
    profiles: dict[str, str]
    audit_times: list[Row] = field(default_factory=list)

    def parameters_of(self, rule: Row) -> list[Row]:
        """Dated values of the numbers that a rule reads; a whole table of them (Annex B) has no rows here."""
        return [row for name in _names(rule) for row in self.parameters.get(name, [])]

    def parameter_tables_of(self, rule: Row) -> list[str]:
        return [name for name in _names(rule) if name not in self.parameters]

    def rules_of_profile(self, profile: str) -> list[Row]:
        return [rule for rule in self.rules.values() if rule["profile"] == profile]


def read_rulebook(warehouse: Path) -> RuleBook:
    """The rule book of a published warehouse."""
    with open_warehouse(warehouse) as connection:
        parameters: dict[str, list[Row]] = defaultdict(list)
        for row in _rows(connection, "select * from marts.dim_parameter order by name, effective_from"):
            parameters[row["name"]].append(row)
        return RuleBook(
            clauses=_rows(connection, "select * from marts.fct_clause_coverage order by position"),
            rules={
                row["rule_id"]: row
                for row in _rows(connection, "select * from marts.dim_rule order by rule_id")
            },
            parameters=dict(parameters),
            profiles={
                row["profile"]: row["title_zh"]
                for row in _rows(
                    connection,
                    "select profile, title_zh from seeds.profile order by is_default desc, profile",
                )
            },
            audit_times=_rows(
                connection,
                "select * from seeds.audit_time_band order by effective_from, persons_up_to nulls last",
            ),
        )


def rulebook_markdown(book: RuleBook) -> str:
    """docs/rulebook.md: the same book without the counts of any run."""
    return "\n".join(_markdown(book)) + "\n"


def _markdown(book: RuleBook) -> Iterator[str]:
    yield "# 规则手册"
    yield ""
    yield "由 `make rulebook` 从规则目录生成，请勿手工修改。条文大意为本项目自己的表述，以规则原文为准。"
    yield ""
    yield "| 条款判定方式 | 条数 |"
    yield "|---|---|"
    for decision, label in CLAUSE_DECISION.items():
        yield f"| {label} | {sum(clause['decision'] == decision for clause in book.clauses)} |"
    for clause in book.clauses:
        level = "##" if clause["clause"].count(".") == 0 and not clause["clause"].startswith("C") else "###"
        yield ""
        yield f"{level} {clause['clause']} {clause['title_zh']}"
        yield ""
        yield f"{CLAUSE_DECISION[clause['decision']]}：{clause['reason_zh']}。"
        for rule_id in (clause["rule_ids"] or "").split(";"):
            if rule_id:
                yield from _rule(book, book.rules[rule_id])
    for profile, title in book.profiles.items():
        if profile == "cnca":
            continue
        yield ""
        yield f"## 机构自有程序：{title}"
        for rule in book.rules_of_profile(profile):
            yield from _rule(book, rule)


def _rule(book: RuleBook, rule: Row) -> Iterator[str]:
    yield ""
    severity = RULE_SEVERITY[rule["severity"]]
    yield f"**{rule['rule_id']} {rule['title_zh']}**（条款 {rule['clause']}，{severity}）"
    yield ""
    yield f"- 要求：{rule['demand_zh']}"
    yield f"- 判定：{rule['decided_zh']}"
    yield f"- 无法判定：{rule['undetermined_when_zh']}"
    if rule["caution_zh"]:
        yield f"- 说明：{rule['caution_zh']}"
    yield f"- 生效：{rule['effective_from']} 起，以 {rule['anchor']} 为准"
    for value in book.parameters_of(rule):
        origin = f"{value['effective_from']} 起，{value['source_zh']}"
        yield f"- 参数：{value['label_zh']}（`{value['name']}`）= {value['value_zh']}（{origin}）"
    for table in book.parameter_tables_of(rule):
        yield f"- 参数表：`{table}`"
    columns = (rule["columns_read"] or "").replace(";", "`、`")
    yield f"- 读取：`{columns}`"


def _names(rule: Row) -> list[str]:
    return [name for name in (rule["parameters"] or "").split(";") if name]


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def main() -> None:
    """`python -m reports.rulebook WAREHOUSE OUT.md`: what `make rulebook` runs."""
    warehouse, out = (Path(argument) for argument in sys.argv[1:3])
    out.write_text(rulebook_markdown(read_rulebook(warehouse)), encoding="utf-8")


if __name__ == "__main__":
    main()
