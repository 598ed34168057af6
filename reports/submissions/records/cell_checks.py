"""The form's checks, cell by cell and between cells, as one SQL statement each: table `failure`.

failure: sheet, row_no, position, field, check_id, severity, shown_key, value (personal data masked), reason
(in Chinese, for the clerk). Checks of a single field come from its row in the form's fields, those between
fields from the form's rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from ingestion.sql import text as quoted
from reports.submissions.error_list import MASK, UNREADABLE_REASON
from reports.submissions.records.sheet_form import Field, Form, Rule, Sheet

_SHOWN_CHARACTERS = 200

#: Private use, what a conversion lost, format characters and controls; a spreadsheet's error in the place of a value.
UNREADABLE = (
    r"[\p{Co}\p{Cf}\x{fffd}\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)$"
)

_CREATE = (
    "create or replace table failure (sheet varchar, row_no bigint, position integer, field varchar,"
    " check_id varchar, severity varchar, shown_key varchar, value varchar, reason varchar)"
)


@dataclass(frozen=True)
class Check:
    """One check of one field: `failed_sql` is true on rows that fail, `reason_sql` tells the clerk why."""

    id: str
    field: Field
    severity: str
    failed_sql: str
    reason_sql: str


def check_sheets(connection: duckdb.DuckDBPyConnection, form: Form, codes: tuple[str, ...]) -> None:
    """Fill `failure` from all sheets of the workbook, which must have been built."""
    connection.execute(_CREATE)
    for code in codes:
        sheet = form.sheets[code]
        for check in sheet_checks(form, sheet):
            connection.execute(_insert(sheet, check))


def sheet_checks(form: Form, sheet: Sheet) -> Iterator[Check]:
    """Every check of a sheet, in field order, rules last."""
    for field in sheet.fields:
        yield from _field_checks(form, field)
    for rule in sheet.rules:
        yield _rule_check(sheet, rule)


def _insert(sheet: Sheet, check: Check) -> str:
    value = f'cell."{check.field.name}"'
    shown = (
        f"case when {value} is not null then {quoted(MASK)} end"
        if check.field.is_personal
        else f"left({value}, {_SHOWN_CHARACTERS})"
    )
    # The condition is a column first, so that it may look at other rows by a window.
    return f"""
        insert into failure
        select {quoted(sheet.code)}, row_no, {check.field.position}, {quoted(check.field.name)},
            {quoted(check.id)}, {quoted(check.severity)}, cell."{sheet.shown_key}", {shown},
            {check.reason_sql}
        from (select *, ({check.failed_sql}) as has_failed from sheet_{sheet.code})
        where has_failed
    """


def _field_checks(form: Form, field: Field) -> Iterator[Check]:
    value = f'cell."{field.name}"'

    def check(name: str, failed_sql: str, reason_sql: str) -> Check:
        return Check(name, field, field.severity, failed_sql, reason_sql)

    if field.is_required:
        yield check("required", f"{value} is null", quoted("必填，但记录中没有值"))
    # Whatever its own demands: nobody at the authority can read such a character, and a spreadsheet's error is no value.
    if field.type not in ("DATE", "NUMBER") and not form.allowed_codes(field):
        yield Check(
            "characters",
            field,
            "error",
            f"regexp_matches({value}, {quoted(UNREADABLE)})",
            quoted(UNREADABLE_REASON),
        )
    # A field with words for what does not fit is never too long.
    if field.max_length is not None and not field.overflow_text:
        yield check(
            "length",
            f"length({value}) > {field.max_length}",
            f"{quoted(f'超过最大长度{field.max_length}个字符，现有')} || length({value}) || '个'",
        )
    if field.type == "DATE":
        yield check("date", f"{value} is not null and not {_is_date(field)}", quoted(_date_reason(field)))
    if field.type == "NUMBER":
        number = r"'-?[0-9]+(\.[0-9]+)?'"
        yield check(
            "number", f"{value} is not null and not regexp_full_match({value}, {number})", quoted("不是数字")
        )
        form_of_number = rf"'-?0*[0-9]{{0,{field.integer_digits}}}(\.[0-9]{{0,{field.decimals}}})?'"
        yield check(
            "precision",
            f"regexp_full_match({value}, {number}) and not regexp_full_match({value}, {form_of_number})",
            quoted(f"整数最多{field.integer_digits}位，小数最多{field.decimals}位"),
        )
        # The form counts people, days and money. It does not forbid less than none: so a warning.
        yield Check("negative", field, "warning", f"number_of({value}) < 0", quoted("不应为负数"))
    if allowed := form.allowed_codes(field):
        known = ", ".join(quoted(code) for code in allowed)
        yield check(
            "code",
            f"len(list_filter({_values(field, value)}, lambda v: v not in ({known}))) > 0",
            quoted(f"不在代码表中，也没有对应的代码（可用：{_listed(allowed)}）"),
        )
    if field.pattern:
        yield check(
            "pattern",
            f"len(list_filter({_values(field, value)},"
            f" lambda v: not regexp_full_match(v, {quoted(field.pattern)}))) > 0",
            quoted("格式不符合填表要求"),
        )


def _rule_check(sheet: Sheet, rule: Rule) -> Check:
    # What the rule cannot decide (NULL) fails: an unknown is never a pass.
    failed = f"({rule.when_sql}) and not coalesce(({rule.then_sql}), false)"
    return Check(rule.id, sheet.field(rule.field), rule.severity, failed, quoted(rule.message))


def _values(field: Field, value: str) -> str:
    return f"values_of({value})" if field.is_many else f"(case when {value} is not null then [{value}] end)"


def _is_date(field: Field) -> str:
    value = f'cell."{field.name}"'
    kind = "timestamp" if " " in field.date_format else "date"
    return (
        f"(regexp_full_match({value}, '{_date_pattern(field)}') and try_cast({value} as {kind}) is not null)"
    )


def _date_pattern(field: Field) -> str:
    """A format with %H and fixed minutes wants whole hours; any other time of day may be written to the second."""
    if "%H:00:00" in field.date_format:
        return "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:00:00"
    return "[0-9]{4}-[0-9]{2}-[0-9]{2}" + (" [0-9]{2}:[0-9]{2}:[0-9]{2}" if " " in field.date_format else "")


def _date_reason(field: Field) -> str:
    hour = " hh:00:00" if "%H:00:00" in field.date_format else " hh:mm:ss"
    return "不是有效的日期，应为YYYY-MM-DD" + (hour if " " in field.date_format else "")


def _listed(codes: tuple[str, ...]) -> str:
    return "、".join(codes) if len(codes) <= 8 else "、".join((*codes[:8], "等"))
