"""How one subject was judged by one rule: inputs, parameters, intermediate values, state.

Asks the rule's own SQL, as it was compiled for this warehouse, for one subject: nothing is judged again
in another way. The SQL is taken apart by the engine's own parser, never by patterns.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from ingestion.contract import Table, contract
from ingestion.sql import text as quoted
from reports.evidence import key_labels, value_labels
from reports.labels import ANCHOR, FINDING_STATE, PROFILE, SUBJECT_TYPE
from reports.rows import Rows, read
from reports.warehouse import open_warehouse

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
    state        the state that was published; None when the subject's day has not come
    found        what was found, in words, where it is a finding
    records      rows of the source tables that the rule reads, by table, without personal data
    window       of a sum over days: (day, days on site, sum so far, audits) of the days that make it up
    """

    rule: Row
    parameters: list[Row]
    judged: Row
    state: str | None
    found: str | None
    records: dict[str, list[Row]]
    window: list[tuple[date, Decimal, Decimal, str]] = field(default_factory=list)

    def render(self) -> str:
        """Plain text for a terminal, in Chinese."""
        return "\n".join(_lines(self))


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
        of_subject = _of_subject(connection, stored["sql"], subject_id)
        judged = _one(connection, of_subject.relation, [])
        verdict = _one(connection, of_subject.judgement, [])
        if judged is None or verdict is None:
            raise NotExplainable(
                f"{subject_id} is not a subject of {rule_id};"
                f" its subjects are of the kind {rule['subject_type']}."
            )
        finding = _one(
            connection,
            "select state, found from marts.fct_rule_finding where rule_id = ? and subject_id = ?",
            [rule_id, subject_id],
        )
        as_of = connection.execute("select as_of from marts.dim_run").fetchall()[0][0]
        window = _window(connection, rule, judged)
        return Explanation(
            rule=rule,
            parameters=_parameters(connection, rule),
            judged=judged,
            state=finding["state"] if finding else _state(verdict, rule, as_of),
            found=finding["found"] if finding else None,
            records=_records(
                connection, rule, judged, {audit for *_, audits in window for audit in audits.split(";")}
            ),
            window=window,
        )


@dataclass(frozen=True)
class _OfSubject:
    """The rule's SQL for one subject: every column of its last relation, and the judgement's own columns."""

    relation: str
    judgement: str


def _of_subject(connection: duckdb.DuckDBPyConnection, sql: str, subject_id: str) -> _OfSubject:
    """A rule's SQL ends with `select ... from <relation>`: the same statement, and the same with every column.

    The parser says which relation that is, and where its select begins (in bytes).
    """
    (written,) = connection.execute("select json_serialize_sql(?)", [sql]).fetchall()[0]
    tree = json.loads(written)
    if tree["error"]:
        raise NotExplainable(f"The stored SQL of this rule cannot be read: {tree['error_message']}")
    node = tree["statements"][0]["node"]
    first = sql.encode()[: node["select_list"][0]["query_location"]].decode()
    every_column = f"{first[: first.rindex('select')]} select * from {node['from_table']['table_name']}"
    # Worked out whole, then looked into: the condition must not change how the rule is planned.
    asked = "with asked as materialized ({}) select * from asked where cast(subject_id as varchar) = {}"
    return _OfSubject(
        relation=asked.format(every_column, quoted(subject_id)),
        judgement=asked.format(sql, quoted(subject_id)),
    )


def _state(verdict: Row, rule: Row, as_of: date) -> str | None:
    """The state of what is no finding, as the union counts it: see dbt/macros/rules/rule_results.sql."""
    anchor = verdict["anchor_on"]
    if verdict["is_exempt"] or (verdict["is_abroad"] and rule["profile"] == "cnca"):
        return "not_applicable"
    if rule["anchor_kind"] != "term" and anchor > as_of:
        return None
    if anchor < rule["effective_from"]:
        return "not_applicable"
    return str(verdict["state"])


def _parameters(connection: duckdb.DuckDBPyConnection, rule: Row) -> list[Row]:
    names = [name for name in (rule["parameters"] or "").split(";") if name]
    return _all(
        connection,
        "select name, label_zh, value, value_zh, source_zh, effective_from, is_in_force from marts.dim_parameter"
        " where list_contains(?, name) order by name, effective_from",
        [names],
    )


def _records(
    connection: duckdb.DuckDBPyConnection, rule: Row, judged: Row, audits: set[str]
) -> dict[str, list[Row]]:
    """Rows of the tables that the rule reads and that are the subject's: they share an id of its own with it.

    audits   of a sum over days: the audits whose days are in it
    """
    ids = {name: value for name, value in judged.items() if name.endswith("_id") and value is not None}
    key = _KEY_OF_SUBJECT.get(rule["subject_type"])
    if key:
        ids.setdefault(key, judged["subject_id"])
    found: dict[str, list[Row]] = {}
    for name in sorted({column.split(".")[0] for column in rule["columns_read"].split(";") if column}):
        table = contract().tables[name]
        keys = [
            column.name
            for column in table.columns
            if column.name in ids and (column.pk or column.references or column.name == "subject_id")
        ]
        # The body alone says of whom a row is, not that it decided: unless the body itself is judged.
        if not keys or (keys == ["body_id"] and key != "body_id" and "body_id" not in table.pk):
            continue
        wanted = _shown_columns(table, rule["columns_read"])
        rows = _all(
            connection,
            f"select {', '.join(wanted)} from staging.stg_{name}"
            f" where {' and '.join(f'{column} = ?' for column in keys)} order by all",
            [ids[column] for column in keys],
        )
        if audits:
            rows = [row for row in rows if row.get("audit_id", next(iter(audits))) in audits]
        if rows:
            found[name] = rows[:_ROWS_SHOWN]
    return found


def _shown_columns(table: Table, columns_read: str) -> list[str]:
    read_ones = {
        column.split(".")[1] for column in columns_read.split(";") if column.startswith(f"{table.name}.")
    }
    return [
        column.name for column in table.columns if (column.pk or column.name in read_ones) and not column.pii
    ]


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

_WINDOW_END = "rolling_max_end_on"
_WINDOW_DAYS = "cycle_year_days"


def _window(
    connection: duckdb.DuckDBPyConnection, rule: Row, judged: Row
) -> list[tuple[date, Decimal, Decimal, str]]:
    """The days of the window that gave a rolling maximum (clause 3.9), day by day.

    Where the rule counts from the day it is in force, days before it are not in its sum.
    """
    end = judged.get(_WINDOW_END)
    lengths = [
        row["value"]
        for row in _parameters(connection, rule)
        if row["name"] == _WINDOW_DAYS and row["is_in_force"]
    ]
    if end is None or not lengths:
        return []
    length = int(lengths[-1])
    days = read(
        connection,
        Rows("marts.fct_auditor_day", order=("day_on",), where={"person_id": judged["subject_id"]}),
        ("day_on", "load_days", "audit_ids"),
    )
    inside = [
        (date.fromisoformat(day), Decimal(str(load)), str(audits))
        for day, load, audits in zip(days["day_on"], days["load_days"], days["audit_ids"], strict=True)
        if end - timedelta(days=length - 1) <= date.fromisoformat(day) <= end
    ]
    if sum(load for _, load, _ in inside) != judged.get("measured"):
        counted = [one for one in inside if one[0] >= rule["effective_from"]]
        inside = counted if sum(load for _, load, _ in counted) == judged.get("measured") else inside
    rows, so_far = [], Decimal(0)
    for day, load, audits in inside:
        so_far += load
        rows.append((day, load, so_far, audits))
    return rows


def _lines(one: Explanation) -> list[str]:
    rule = one.rule
    state = FINDING_STATE.get(one.state or "", "尚未到判定日：其日期晚于截止日")
    lines = [
        f"{rule['rule_id']}  {rule['title_zh']}"
        f"（条款 {rule['clause']}，{PROFILE.get(rule['profile'], rule['profile'])}）",
        f"  要求　　{rule['demand_zh']}",
        f"  判定方法　{rule['decided_zh']}",
        f"  生效　　{rule['effective_from']} 起，以{ANCHOR.get(rule['anchor'], rule['anchor'])}为准",
        f"  判定对象　{SUBJECT_TYPE.get(rule['subject_type'], rule['subject_type'])}",
        "",
        f"结论：{state}",
    ]
    if one.found:
        lines.append(f"说明：{one.found}")
    lines += ["", "判定所用的值", *_aligned(one.judged)]
    if one.parameters:
        lines += ["", "参数"]
        lines += [
            f"  {row['label_zh']} = {row['value_zh']}（{row['effective_from']} 起，{row['source_zh']}）"
            for row in one.parameters
        ]
    if one.window:
        lines += ["", f"合计最大的一段，逐日（共 {_shown('', one.window[-1][2])} 人日）"]
        lines += [
            f"  {day}  {_shown('', load):>5}  累计 {_shown('', so_far):>6}  审核 {audits}"
            for day, load, so_far, audits in one.window
        ]
    for name, rows in one.records.items():
        table = contract().tables[name]
        labels = {column.name: column.label_zh for column in table.columns}
        lines += ["", f"记录：{table.label_zh}"]
        for row in rows:
            cells = (f"{labels.get(key, key)}：{_shown(key, value)}" for key, value in row.items())
            lines.append("  " + "，".join(cells))
    return lines


def _aligned(row: Row) -> list[str]:
    labels = {name: key_labels().get(name, name) for name in row}
    return [f"  {labels[name]}：{_shown(name, value)}" for name, value in row.items()]


def _shown(name: str, value: Any) -> str:
    """A value as people read it; a code in its word."""
    if value is None:
        return "未记录"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)).normalize():f}"
    if name == "state":
        return FINDING_STATE.get(str(value), str(value))
    return value_labels().get(name, {}).get(str(value), str(value))


def _one(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> Row | None:
    rows = _all(connection, query, values)
    return rows[0] if rows else None


def _all(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[Row]:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
