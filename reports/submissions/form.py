"""A form profile: what the regulator's workbook looks like and what it demands, read from `forms/<profile>/`.

form.yml       the sheets, and for each kind of submission which of them, filled from which relations
fields-*.csv   one row per field: what the form prints about it, and how it is filled and checked
code-lists.csv codes that a field may hold        mappings.csv  the records' values -> codes
rules.csv      what holds between fields: where `when_sql` is true, `then_sql` must be
Nothing about a particular form stands in Python: a later form is another folder.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Literal

import yaml

Severity = Literal["error", "warning"]


class FormError(ValueError):
    """The profile is unknown, or its files do not fit together."""


@dataclass(frozen=True)
class Code:
    """A code that a field may hold.

    is_certain  False where the published sources are silent or contradict each other
    """

    code: str
    label: str
    is_certain: bool
    note: str


@dataclass(frozen=True)
class Field:
    """One column of a sheet.

    printed       what rows 1 to 7 say of it, in the form's own order
    column        the relation's column it is filled from; "" where the records hold nothing
    codes         mapping of the records' values to codes, and codes allowed; empty where any text may stand
    is_many       the column holds several values joined by ';'
    severity      what a failed check of this field is
    max_length    characters, for text; numbers have integer_digits and decimals instead
    date_format   strftime format, for dates
    pattern       regular expression of one whole value
    overflow_text what the form wants written instead of a value that is too long
    is_personal   never shown outside the form itself
    source        where in the records the value stands, for the clerk who mends it
    """

    position: int
    name: str
    label: str
    type: str
    printed: tuple[str, ...]
    column: str
    mapping: str
    code_list: str
    is_many: bool
    is_required: bool
    severity: Severity
    max_length: int | None
    integer_digits: int | None
    decimals: int | None
    date_format: str
    pattern: str
    overflow_text: str
    is_personal: bool
    source: str


@dataclass(frozen=True)
class Rule:
    """What holds between fields: where `when_sql` is true, `then_sql` must be true.

    Both may use cell.<FIELD> (text as written), fact.<column> (the relation's), run.reported_on, and the
    functions values_of, date_of and number_of.
    """

    id: str
    sheet: str
    field: str
    severity: Severity
    when_sql: str
    then_sql: str
    message: str


@dataclass(frozen=True)
class Part:
    """One part of a composed value: a column of the listed relation, its values mapped to codes or as is."""

    column: str
    mapping: str


@dataclass(frozen=True)
class Composition:
    """A cell that lists many rows of another relation, each put together of parts: a team, member by member.

    on        the column that both relations have
    where     which rows, SQL on `member`
    order_by  columns of the listed relation
    joiner    between the parts of one value; the form's joiner stands between values
    """

    relation: str
    on: str
    where: str
    order_by: tuple[str, ...]
    joiner: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet of the form.

    order_by   columns of its relation           shown_key  the field that names a record to a clerk
    key        fields that tell records apart    totals     aggregates over its rows, by name
    composed   fields that are not filled from a column
    """

    code: str
    name: str
    order_by: tuple[str, ...]
    shown_key: str
    key: tuple[str, ...]
    totals: Mapping[str, str]
    composed: Mapping[str, Composition]
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True)
class Form:
    """A whole profile. `fingerprint` is the SHA-256 of its files.

    in_force_from  first day on which the form is to be used
    workbooks      kind of submission -> its sheets' codes in order -> the relation of schema submissions that
                   each is filled from; "" where the kind leaves the sheet empty
    """

    profile: str
    title: str
    in_force_from: date
    joiner: str
    first_data_row: int
    first_data_column: str
    data_hint: str
    row_names: tuple[str, ...]
    sheets: Mapping[str, Sheet]
    workbooks: Mapping[str, Mapping[str, str]]
    code_lists: Mapping[str, tuple[Code, ...]]
    mappings: Mapping[str, Mapping[str, Code]]
    fingerprint: str

    def allowed_codes(self, field: Field) -> tuple[str, ...]:
        """Codes that the field may hold; none = any text. A mapping without a list is its own list."""
        if field.code_list:
            return tuple(code.code for code in self.code_lists[field.code_list])
        if field.mapping:
            return tuple(dict.fromkeys(code.code for code in self.mappings[field.mapping].values()))
        return ()


@cache
def load_form(profile: str) -> Form:
    """The profile of that name. Raises FormError."""
    root = files("reports.submissions").joinpath("forms")
    known = sorted(entry.name for entry in root.iterdir() if entry.is_dir())
    if profile not in known:
        raise FormError(f"No form profile {profile!r}: there is {', '.join(known)}.")
    return read_form(root.joinpath(profile))


def form_in_force(profiles: tuple[str, ...], day: date, wanted: str | None = None) -> Form:
    """The first of the profiles that is in force on the day; `wanted` instead, whenever it was in force."""
    if wanted is not None:
        return load_form(wanted)
    forms = [load_form(profile) for profile in profiles]
    return next((form for form in forms if form.in_force_from <= day), forms[-1])


def read_form(folder: Traversable) -> Form:
    """The profile in a folder. Raises FormError where its files do not fit together."""
    raw = yaml.safe_load(folder.joinpath("form.yml").read_text(encoding="utf-8"))
    rules = [_rule(row) for row in _rows(folder, "rules.csv")]
    sheets = {code: _sheet(folder, code, entry, rules) for code, entry in raw["sheets"].items()}
    form = Form(
        profile=raw["profile"],
        title=raw["title"],
        in_force_from=raw["in_force_from"],
        joiner=raw["joiner"],
        first_data_row=raw["first_data_row"],
        first_data_column=raw["first_data_column"],
        data_hint=raw["data_hint"],
        row_names=tuple(raw["row_names"]),
        sheets=MappingProxyType(sheets),
        workbooks=MappingProxyType(
            {
                kind: MappingProxyType({code: relation or "" for code, relation in sheets.items()})
                for kind, sheets in raw["workbooks"].items()
            }
        ),
        code_lists=_code_lists(folder),
        mappings=_mappings(folder),
        fingerprint=_fingerprint(folder),
    )
    _check(form, rules)
    return form


def _rows(folder: Traversable, name: str) -> Iterator[dict[str, str]]:
    """The lines of a file by column. Raises FormError where one has too many or too few values."""
    lines = csv.DictReader(io.StringIO(folder.joinpath(name).read_text(encoding="utf-8")), strict=True)
    for row in lines:
        if None in row or None in row.values():
            raise FormError(f"{name}, line {lines.line_num}: not {len(lines.fieldnames or ())} values")
        yield row


def _sheet(folder: Traversable, code: str, raw: dict[str, Any], rules: list[Rule]) -> Sheet:
    return Sheet(
        code=code,
        name=raw["name"],
        order_by=tuple(raw["order_by"]),
        shown_key=raw["shown_key"],
        key=tuple(raw.get("key", [raw["shown_key"]])),
        totals=MappingProxyType(dict(raw["totals"])),
        composed=MappingProxyType(
            {name: _composition(entry) for name, entry in raw.get("composed", {}).items()}
        ),
        fields=tuple(_field(row) for row in _rows(folder, f"fields-{code}.csv")),
        rules=tuple(rule for rule in rules if rule.sheet == code),
    )


def _composition(raw: dict[str, Any]) -> Composition:
    parts = [entry if isinstance(entry, dict) else {"column": entry} for entry in raw["parts"]]
    return Composition(
        relation=raw["relation"],
        on=raw["on"],
        where=raw["where"],
        order_by=tuple(raw["order_by"]),
        joiner=raw["joiner"],
        parts=tuple(Part(part["column"], part.get("mapping", "")) for part in parts),
    )


def _field(row: dict[str, str]) -> Field:
    position = int(row["position"])
    is_text = row["type"] == "VARCHAR2"
    return Field(
        position=position,
        name=row["field"],
        label=row["label"],
        type=row["type"].upper(),
        printed=(
            row["field"],
            f"{position}、{row['label']}",
            row["type"],
            row["max_length"],
            row["filling_rule"],
            row["check_level"],
            row["public"],
        ),
        column=row["column"],
        mapping=row["mapping"],
        code_list=row["code_list"],
        is_many=row["many"] == "yes",
        is_required=row["required"] == "yes",
        severity=_severity(row["severity"]),
        max_length=int(row["max_length"]) if is_text else None,
        integer_digits=_number(row["integer_digits"]),
        decimals=_number(row["decimals"]),
        date_format=row["date_format"],
        pattern=row["pattern"],
        overflow_text=row["overflow_text"],
        is_personal=row["personal"] == "yes",
        source=row["source"],
    )


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        id=row["id"],
        sheet=row["sheet"],
        field=row["field"],
        severity=_severity(row["severity"]),
        when_sql=row["when_sql"],
        then_sql=row["then_sql"],
        message=row["message"],
    )


def _severity(text: str) -> Severity:
    if text not in ("error", "warning"):
        raise FormError(f"severity {text!r}: error or warning")
    return text  # type: ignore[return-value]


def _number(text: str) -> int | None:
    return int(text) if text else None


def _code_lists(folder: Traversable) -> Mapping[str, tuple[Code, ...]]:
    lists: dict[str, list[Code]] = {}
    for row in _rows(folder, "code-lists.csv"):
        code = Code(row["code"], row["label"], row["certain"] == "yes", row["note"])
        lists.setdefault(row["list"], []).append(code)
    return MappingProxyType({name: tuple(codes) for name, codes in lists.items()})


def _mappings(folder: Traversable) -> Mapping[str, Mapping[str, Code]]:
    mappings: dict[str, dict[str, Code]] = {}
    for row in _rows(folder, "mappings.csv"):
        code = Code(row["code"], row["value"], row["certain"] == "yes", row["note"])
        mappings.setdefault(row["mapping"], {})[row["value"]] = code
    return MappingProxyType({name: MappingProxyType(codes) for name, codes in mappings.items()})


def _fingerprint(folder: Traversable) -> str:
    digest = hashlib.sha256()
    for file in sorted(
        (entry for entry in folder.iterdir() if entry.is_file()), key=lambda entry: entry.name
    ):
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _check(form: Form, rules: list[Rule]) -> None:
    """Fails at once, and not in some month's file, when the profile's parts do not fit together."""
    if len({rule.id for rule in rules}) != len(rules):
        raise FormError("rules.csv: a rule id stands twice")
    for rule in rules:
        if rule.sheet not in form.sheets or rule.field not in {
            f.name for f in form.sheets[rule.sheet].fields
        }:
            raise FormError(f"rule {rule.id}: no field {rule.field} in sheet {rule.sheet}")
    for kind, codes in form.workbooks.items():
        if missing := set(codes) - set(form.sheets):
            raise FormError(f"workbook {kind}: no sheet {', '.join(sorted(missing))}")
    for sheet in form.sheets.values():
        for place, field in enumerate(sheet.fields, start=1):
            _check_field(form, sheet, field, place)
        _check_names(form, sheet)


def _check_names(form: Form, sheet: Sheet) -> None:
    names = {field.name for field in sheet.fields}
    if unknown := {sheet.shown_key, *sheet.key, *sheet.composed} - names:
        raise FormError(f"sheet {sheet.code}: no field {', '.join(sorted(unknown))}")
    mappings = {part.mapping for composition in sheet.composed.values() for part in composition.parts}
    if unknown := mappings - {"", *form.mappings}:
        raise FormError(f"sheet {sheet.code}: no mapping {', '.join(sorted(unknown))}")


def _check_field(form: Form, sheet: Sheet, field: Field, place: int) -> None:
    where = f"sheet {sheet.code}, field {field.name}"
    if field.position != place:
        raise FormError(f"{where}: position {field.position} stands at place {place}")
    if field.mapping and field.mapping not in form.mappings:
        raise FormError(f"{where}: no mapping {field.mapping}")
    if field.code_list and field.code_list not in form.code_lists:
        raise FormError(f"{where}: no code list {field.code_list}")
    if field.type == "NUMBER" and (field.integer_digits is None or field.decimals is None):
        raise FormError(f"{where}: a number needs integer_digits and decimals")
    if field.type == "DATE" and not field.date_format:
        raise FormError(f"{where}: a date needs a date_format")
    if field.mapping and field.code_list:
        unlisted = {c.code for c in form.mappings[field.mapping].values()} - set(form.allowed_codes(field))
        if unlisted:
            raise FormError(f"{where}: {', '.join(sorted(unlisted))} not in code list {field.code_list}")
