"""A form profile: what the regulator's workbook looks like and what it demands, read from `forms/<profile>/`.

form.yml       the sheets, and for each kind of submission which of them, filled from which relations
fields-*.csv   one row per field: what the form prints about it, and how it is filled and checked
code-lists.csv codes that a field may hold        mappings.csv  the records' values -> codes
rules.csv      what holds between fields: where `when_sql` is true, `then_sql` must be
Nothing about a particular form stands in Python: a later form is another folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from reports.submissions.form_profiles import fingerprint, profile_folder, refuse_other_files
from reports.submissions.records.sheet_form_checks import check_form
from reports.submissions.records.sheet_form_files import (
    CodeLine,
    Composition,
    FieldLine,
    FormFile,
    MappingLine,
    Part,
    Rule,
    SheetEntry,
)
from reports.submissions.records.sheet_form_model import Code, Field, Form, Sheet
from reports.submissions.strict_files import FormError, read_rows, read_yaml

__all__ = [
    "Code",
    "Composition",
    "Field",
    "Form",
    "Part",
    "Rule",
    "Sheet",
    "load_form",
    "read_form",
]


@cache
def load_form(profile: str) -> Form:
    """The profile of that name. Raises FormError."""
    return read_form(profile_folder(profile))


def read_form(folder: Traversable) -> Form:
    """The profile in a folder. Raises FormError where a file is wrong, or one does not fit another."""
    read = read_yaml(folder, "form.yml", FormFile)
    refuse_other_files(
        folder, ("form.yml", *map(_fields, read.sheets), "code-lists.csv", "mappings.csv", "rules.csv")
    )
    rules = list(read_rows(folder, "rules.csv", Rule))
    form = Form(
        profile=read.profile,
        title=read.title,
        in_force_from=read.in_force_from,
        joiner=read.joiner,
        first_data_row=read.first_data_row,
        first_data_column=read.first_data_column,
        data_hint=read.data_hint,
        row_names=read.row_names,
        sheets=MappingProxyType(
            {code: _sheet(folder, code, entry, rules) for code, entry in read.sheets.items()}
        ),
        workbooks=MappingProxyType(
            {
                kind: MappingProxyType({code: relation or "" for code, relation in sheets.items()})
                for kind, sheets in read.workbooks.items()
            }
        ),
        code_lists=_code_lists(folder),
        mappings=_mappings(folder),
        fingerprint=fingerprint(folder),
    )
    check_form(form, rules)
    return form


def _sheet(folder: Traversable, code: str, entry: SheetEntry, rules: list[Rule]) -> Sheet:
    return Sheet(
        code=code,
        name=entry.name,
        order_by=entry.order_by,
        shown_key=entry.shown_key,
        key=entry.key or (entry.shown_key,),
        totals=entry.totals,
        composed=entry.composed,
        fields=tuple(_field(line) for line in read_rows(folder, _fields(code), FieldLine)),
        rules=tuple(rule for rule in rules if rule.sheet == code),
    )


def _fields(code: str) -> str:
    return f"fields-{code}.csv"


def _field(line: FieldLine) -> Field:
    return Field(
        position=line.position,
        name=line.field,
        label=line.label,
        type=line.type.upper(),
        printed=(
            line.field,
            f"{line.position}、{line.label}",
            line.type,
            line.max_length,
            line.filling_rule,
            line.check_level,
            line.public,
        ),
        column=line.column,
        mapping=line.mapping,
        code_list=line.code_list,
        is_many=line.many,
        is_required=line.required,
        severity=line.severity,
        max_length=int(line.max_length) if line.type == "VARCHAR2" else None,
        integer_digits=line.integer_digits,
        decimals=line.decimals,
        date_format=line.date_format,
        pattern=line.pattern,
        overflow_text=line.overflow_text,
        is_personal=line.personal,
        source=line.source,
    )


def _code_lists(folder: Traversable) -> Mapping[str, tuple[Code, ...]]:
    lists: dict[str, dict[str, Code]] = {}
    for line in read_rows(folder, "code-lists.csv", CodeLine):
        codes = lists.setdefault(line.list, {})
        if line.code in codes:
            raise FormError(f"code-lists.csv: {line.code} stands twice in {line.list}")
        codes[line.code] = Code(line.code, line.label, line.certain, line.note)
    return MappingProxyType({name: tuple(codes.values()) for name, codes in lists.items()})


def _mappings(folder: Traversable) -> Mapping[str, Mapping[str, Code]]:
    mappings: dict[str, dict[str, Code]] = {}
    for line in read_rows(folder, "mappings.csv", MappingLine):
        codes = mappings.setdefault(line.mapping, {})
        if line.value in codes:
            raise FormError(f"mappings.csv: {line.value} stands twice in {line.mapping}")
        codes[line.value] = Code(line.code, line.value, line.certain, line.note)
    return MappingProxyType({name: MappingProxyType(codes) for name, codes in mappings.items()})
