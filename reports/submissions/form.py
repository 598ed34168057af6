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
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import yaml

from reports.submissions.form_checks import check_form
from reports.submissions.form_model import (
    Code,
    Composition,
    Field,
    Form,
    FormError,
    Part,
    Rule,
    Severity,
    Sheet,
)

__all__ = [
    "Code",
    "Composition",
    "Field",
    "Form",
    "FormError",
    "Part",
    "Rule",
    "Severity",
    "Sheet",
    "form_in_force",
    "load_form",
    "read_form",
]


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
    check_form(form, rules)
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
