"""The files of a form profile as they are written: every key of form.yml and every column of the CSV files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from reports.submissions.strict_files import (
    Flag,
    Many,
    Named,
    Number,
    NumberOrNone,
    Severity,
    Strict,
    YesOrNo,
)


def _spelt_out(part: Any) -> Any:
    """A part that is the column alone may be written as its name."""
    return {"column": part} if isinstance(part, str) else part


class Part(Strict):
    """One part of a composed value: a column of the listed relation, its values mapped to codes or as is."""

    column: str
    mapping: str = ""


class Composition(Strict):
    """A cell that lists many rows of another relation, each put together of parts: a team, member by member.

    on        the column that both relations have
    where     which rows, SQL on `member`
    order_by  columns of the listed relation
    joiner    between the parts of one value; the form's joiner stands between values
    """

    relation: str
    on: str
    where: str
    order_by: Many[str]
    joiner: str
    parts: Many[Annotated[Part, BeforeValidator(_spelt_out)]]


class SheetEntry(Strict):
    """A sheet in form.yml; sheet_form_model.Sheet says what each key means."""

    name: str
    order_by: Many[str]
    shown_key: str
    key: Many[str] = ()
    totals: Named[str]
    composed: Named[Composition] = Field(default_factory=dict)


class FormFile(Strict):
    """form.yml; sheet_form_model.Form says what each key means."""

    profile: str
    title: str
    in_force_from: date
    joiner: str
    first_data_row: int
    first_data_column: str
    data_hint: str
    row_names: Many[str]
    sheets: Named[SheetEntry]
    workbooks: Named[Named[str | None]]


class FieldLine(Strict):
    """A line of fields-<sheet>.csv; sheet_form_model.Field says what each column means."""

    position: Number
    field: str
    label: str
    type: Literal["VARCHAR2", "NUMBER", "DATE", "Date"]
    max_length: str
    filling_rule: str
    check_level: str
    public: str
    column: str
    mapping: str
    code_list: str
    many: Flag
    required: Flag
    severity: Severity
    integer_digits: NumberOrNone
    decimals: NumberOrNone
    date_format: str
    pattern: str
    overflow_text: str
    personal: Flag
    source: str


class Rule(Strict):
    """A line of rules.csv: what holds between fields. Where `when_sql` is true, `then_sql` must be true.

    Both may use cell.<FIELD> (text as written), fact.<column> (the relation's), run.reported_on, and the
    functions values_of, date_of and number_of. basis: who says so, the form, the rule of certification or we.
    """

    id: str
    sheet: str
    field: str
    severity: Severity
    basis: Literal["form", "rule", "house"]
    when_sql: str
    then_sql: str
    message: str


class CodeLine(Strict):
    """A line of code-lists.csv: a code that a field may hold."""

    list: str
    code: str
    label: str
    certain: YesOrNo
    note: str


class MappingLine(Strict):
    """A line of mappings.csv: the code that stands for a value of the records."""

    mapping: str
    value: str
    code: str
    certain: YesOrNo
    note: str
