"""How one subject was judged by one rule: inputs, parameters, intermediate values, state.

Asks the rule's own SQL, as it was compiled for this warehouse, for one subject: nothing is judged again
in another way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ingestion.contract import Table, contract
from reports.warehouse import open_warehouse

# The compiled rule ends with `from <relation> /* judged */`: the relation has the intermediate values.
_LAST_SELECT = re.compile(
    r"select\s+cast\(subject_id as [^)]*\) as subject_id,.*?from (?P<relation>\w+) /\* judged \*/", re.S
)
_ROWS_SHOWN = 20

Row = dict[str, Any]


class NotExplainable(Exception):
    """The rule or the subject is not in the warehouse; the message says which and what to do."""


@dataclass(frozen=True)
class Explanation:
    """One judgement, taken apart.

    rule         the rule's row of dim_rule
    parameters   dated values of the numbers that the rule reads
    judged       every column of the rule's last relation for the subject
    state        state after the in-force date was looked at; NULL when the subject's day has not come
    records      rows of the source tables that the rule reads, by table, without personal data
    """

    rule: Row
    parameters: list[Row]
    judged: Row
    state: str | None
    records: dict[str, list[Row]]

    def render(self) -> str:
        """Plain text for a terminal."""
        rule = self.rule
        lines = [
            f"{rule['rule_id']}  {rule['title_zh']}  (clause {rule['clause']}, profile {rule['profile']})",
            f"  demands    {rule['demand_zh']}",
            f"  decided    {rule['decided_zh']}",
            f"  in force   from {rule['effective_from']}, by {rule['anchor']}",
            "",
            f"state: {self.state or 'no subject yet: its day is later than as_of'}",
            "",
            "values",
            *_aligned(self.judged),
        ]
        if self.parameters:
            lines += ["", "parameters"]
            lines += [
                f"  {p['name']} = {p['value']} {p['unit']}"
                f"  (from {p['effective_from']}, {p['clause'] or 'house rule'}, {p['source']})"
                for p in self.parameters
            ]
        for table, rows in self.records.items():
            lines += ["", f"records: {table}"]
            for row in rows:
                lines += ["  " + "  ".join(f"{name}={_shown(value)}" for name, value in row.items())]
        return "\n".join(lines)


def explain(warehouse: Path, rule_id: str, subject_id: str) -> Explanation:
    """Explain the judgement of `subject_id` by `rule_id` in a published warehouse.

    Raises NotExplainable when the rule is unknown or not enabled, or the subject is not in its population.
    """
    with open_warehouse(warehouse) as connection:
        rule = _one(connection, "select * from marts.dim_rule where rule_id = ?", [rule_id])
        if rule is None:
            known = connection.execute("select rule_id from marts.dim_rule order by 1").fetchall()
            raise NotExplainable(
                f"There is no rule {rule_id}. The rules are: {', '.join(row[0] for row in known)}"
            )
        stored = _one(connection, "select sql from meta.rule_sql where rule_id = ?", [rule_id])
        if stored is None or not rule["is_enabled"]:
            raise NotExplainable(
                f"Rule {rule_id} was not evaluated:"
                f" switch its profile on with --profiles cnca,{rule['profile']} and run again."
            )
        judged = _one(connection, _subject_query(stored["sql"]), [subject_id])
        if judged is None:
            raise NotExplainable(
                f"{subject_id} is not a subject of {rule_id};"
                f" its subjects are of the kind {rule['subject_type']}."
            )
        as_of = connection.execute("select as_of from marts.dim_run").fetchall()[0][0]
        return Explanation(
            rule=rule,
            parameters=_parameters(connection, rule),
            judged=judged,
            state=_state(judged, rule, as_of),
            records=_records(connection, rule, judged),
        )


def _subject_query(sql: str) -> str:
    found = list(_LAST_SELECT.finditer(sql))
    if not found:
        raise NotExplainable("The stored SQL of this rule has no marked relation: build the warehouse again.")
    last = found[-1]
    return f"{sql[: last.start()]} select * from {last['relation']} where cast(subject_id as varchar) = ?"


def _state(judged: Row, rule: Row, as_of: date) -> str | None:
    """The state that the union gives, from the same columns: see dbt/macros/rules/rule_results.sql."""
    anchor = judged["anchor_on"]
    if anchor is None:
        return "undetermined"
    if rule["anchor_kind"] != "term" and anchor > as_of:
        return None
    if anchor < rule["effective_from"]:
        return "not_applicable"
    return str(judged["state"])


def _parameters(connection: duckdb.DuckDBPyConnection, rule: Row) -> list[Row]:
    names = [name for name in (rule["parameters"] or "").split(";") if name]
    return _all(
        connection,
        "select name, value, unit, clause, source, effective_from from seeds.parameter"
        " where list_contains(?, name) order by name, effective_from",
        [names],
    )


def _records(connection: duckdb.DuckDBPyConnection, rule: Row, judged: Row) -> dict[str, list[Row]]:
    """Rows of the tables that the rule reads which share an id with the judged row."""
    ids = {name: value for name, value in judged.items() if name.endswith("_id") and value is not None}
    key = _KEY_OF_SUBJECT.get(rule["subject_type"])
    if key:
        ids.setdefault(key, judged["subject_id"])
    found: dict[str, list[Row]] = {}
    for name in sorted({column.split(".")[0] for column in rule["columns_read"].split(";") if column}):
        table = contract().tables[name]
        keys = [
            column.name for column in table.columns if column.name in ids and (column.pk or column.references)
        ]
        if not keys:
            continue
        wanted = _shown_columns(table, rule["columns_read"])
        rows = _all(
            connection,
            f"select {', '.join(wanted)} from staging.stg_{name}"
            f" where {' and '.join(f'{column} = ?' for column in keys)} order by all limit {_ROWS_SHOWN}",
            [ids[column] for column in keys],
        )
        if rows:
            found[name] = rows
    return found


def _shown_columns(table: Table, columns_read: str) -> list[str]:
    read = {column.split(".")[1] for column in columns_read.split(";") if column.startswith(f"{table.name}.")}
    return [column.name for column in table.columns if (column.pk or column.name in read) and not column.pii]


_KEY_OF_SUBJECT = {
    "application": "application_id",
    "audit": "audit_id",
    "body": "body_id",
    "certificate": "certificate_id",
    "complaint": "complaint_id",
    "decision": "decision_id",
    "event": "event_id",
    "nonconformity": "nc_id",
    "person": "person_id",
    "record": "record_id",
}


def _one(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> Row | None:
    rows = _all(connection, query, values)
    return rows[0] if rows else None


def _all(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[Row]:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _aligned(row: Row) -> list[str]:
    width = max(len(name) for name in row)
    return [f"  {name:<{width}}  {_shown(value)}" for name, value in row.items()]


def _shown(value: Any) -> str:
    return "-" if value is None else str(value)
