"""Reading a form of statistics from `forms/<profile>/`, and refusing one whose parts do not fit together.

form.yml          title, the workbook's sheets with their tables, control totals, what is uncertain
tables.yml        each table: its rows, its columns as expressions of figures, its note
labels.csv        list, code, label: what the codes of the records are called, in the form's order; always = no:
                  without a row unless there are figures. form.yml may say labels_of: whose lists it shares
registration.csv  the lines of the registration sheet, and what each is filled from
checks.csv        what must hold between figures
document.yml      the document: headings, prose with figures in it, what a person is to write, tables
Which of the last five there are is the form's own matter.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import yaml

from reports.submissions.form import FormError
from reports.submissions.statistics.form import (
    OF,
    Check,
    Column,
    Line,
    RegistrationField,
    Sheet,
    StatisticsForm,
    Table,
)

_LABELS = "labels.csv"


def form_in_force(profiles: tuple[str, ...], day: date, wanted: str | None = None) -> StatisticsForm:
    """The first of the profiles in force on the day, else the last; `wanted` whenever it was in force."""
    if wanted is not None:
        return load_form(wanted)
    forms = [load_form(profile) for profile in profiles]
    return next((form for form in forms if form.in_force_from <= day), forms[-1])


@cache
def load_form(profile: str) -> StatisticsForm:
    """The profile of that name. Raises FormError where its files do not fit together."""
    forms = files("reports.submissions").joinpath("forms")
    folder = forms.joinpath(profile)
    raw = _yaml(folder, "form.yml")
    labels_folder = forms.joinpath(raw.get("labels_of", profile))
    form = StatisticsForm(
        profile=raw["profile"],
        title=raw["title"],
        in_force_from=raw["in_force_from"],
        sheets=MappingProxyType({name: _sheets(entries) for name, entries in raw["sheets"].items()}),
        totals=MappingProxyType(raw.get("totals", {})),
        uncertain=tuple(raw.get("uncertain", ())),
        tables=MappingProxyType(
            {code: _table(code, entry) for code, entry in _yaml(folder, "tables.yml").items()}
        ),
        labels=_labels(labels_folder),
        rare=frozenset(
            (row["list"], row["code"]) for row in _rows(labels_folder, _LABELS) if row["always"] == "no"
        ),
        registration=tuple(_registration(folder)),
        checks=tuple(_checks(folder)),
        document=_yaml(folder, "document.yml") or None,
        fingerprint=_fingerprint(folder, labels_folder),
    )
    refuse_loose_ends(form)
    return form


def _yaml(folder: Traversable, name: str) -> dict[str, Any]:
    file = folder.joinpath(name)
    return yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _rows(folder: Traversable, name: str) -> Iterator[dict[str, str]]:
    file = folder.joinpath(name)
    if file.is_file():
        yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _sheets(entries: list[dict[str, Any]]) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(entry["code"], entry["name"], entry.get("registration", False), tuple(entry.get("tables", ())))
        for entry in entries
    )


def _table(code: str, raw: dict[str, Any]) -> Table:
    return Table(
        code=code,
        title=raw["title"],
        first_label=raw["first_label"],
        topic=raw.get("topic", ""),
        labels=raw.get("labels", ""),
        all_listed=raw.get("all_listed", False),
        total=(raw["total"]["topic"], raw["total"]["item"]) if "total" in raw else None,
        lines=tuple(
            Line(line["label"], line["value"], line.get("unit", "")) for line in raw.get("lines", ())
        ),
        columns=tuple(
            Column(entry["label"], entry.get("value", ""), entry.get("of", "this"), entry.get("width", 11))
            for entry in raw["columns"]
        ),
        note=raw.get("note", ""),
    )


def _labels(folder: Traversable) -> Mapping[str, Mapping[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for row in _rows(folder, _LABELS):
        lists.setdefault(row["list"], {})[row["code"]] = row["label"]
    return MappingProxyType(lists)


def _registration(folder: Traversable) -> Iterator[RegistrationField]:
    for row in _rows(folder, "registration.csv"):
        yield RegistrationField(
            row["field"],
            row["label"],
            row["source"],
            row["required"] == "yes",
            row["personal"] == "yes",
            row["note"],
        )


def _checks(folder: Traversable) -> Iterator[Check]:
    for row in _rows(folder, "checks.csv"):
        yield Check(**row)


def _fingerprint(folder: Traversable, labels_folder: Traversable) -> str:
    digest = hashlib.sha256()
    own = sorted((e for e in folder.iterdir() if e.is_file()), key=lambda entry: entry.name)
    for file in [*own, labels_folder.joinpath(_LABELS)]:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def refuse_loose_ends(form: StatisticsForm) -> None:
    """Fails at once, and not in some year's file, where one part of the form names what another lacks."""
    named = {code for sheets in form.sheets.values() for sheet in sheets for code in sheet.tables}
    named |= {block["table"] for block in (form.document or {}).get("blocks", ()) if "table" in block}
    named |= {check.table for check in form.checks if check.table}
    if missing := named - set(form.tables):
        raise FormError(f"{form.profile}: no table {', '.join(sorted(missing))}")
    for table in form.tables.values():
        if bool(table.topic) == bool(table.lines):
            raise FormError(f"{form.profile}: table {table.code} has a topic or lines, one of them")
        if table.labels and table.labels not in form.labels:
            raise FormError(f"{form.profile}: table {table.code} has no labels {table.labels}")
        if len({column.label for column in table.columns}) < len(table.columns):
            raise FormError(f"{form.profile}: table {table.code}: two columns of one name")
        if wrong := {column.of for column in table.columns} - set(OF):
            raise FormError(f"{form.profile}: table {table.code}: of {', '.join(sorted(wrong))}")
    for check in form.checks:
        if check.severity not in ("error", "warning") or check.relation not in ("=", "<=", ">="):
            raise FormError(f"{form.profile}: check {check.id}: severity or relation unknown")
