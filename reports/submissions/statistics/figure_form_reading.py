"""Reading a form of statistics from `forms/<profile>/`, and refusing one whose parts do not fit together.

form.yml          title, the workbook's sheets with their tables, control totals, what is uncertain
tables.yml        each table: its rows, its columns as expressions of figures, its note
labels.csv        list, code, label: what the codes of the records are called, in the form's order; always = no:
                  without a row unless there are figures. form.yml may say labels_of: whose lists it shares
registration.csv  the lines of the registration sheet, and what each is filled from
checks.csv        what must hold between figures
document.yml      the document: headings, prose with figures in it, what a person is to write, tables
Which of the last four there are is the form's own matter.
"""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from ingestion.contract import contract
from reports.submissions.form_profiles import fingerprint, profile_folder, refuse_other_files
from reports.submissions.statistics.figure_form import (
    Check,
    Document,
    FormFile,
    Label,
    RegistrationField,
    StatisticsForm,
    TablesFile,
)
from reports.submissions.strict_files import FormError, Row, read_rows, read_yaml

_LABELS = "labels.csv"
_FILES = ("form.yml", "tables.yml", _LABELS, "registration.csv", "checks.csv", "document.yml")


@cache
def load_form(profile: str) -> StatisticsForm:
    """The profile of that name. Raises FormError."""
    return read_form(profile_folder(profile))


def read_form(folder: Traversable) -> StatisticsForm:
    """The profile in a folder. Raises FormError where a file is wrong, or one does not fit another."""
    refuse_other_files(folder, _FILES)
    read = read_yaml(folder, "form.yml", FormFile)
    labels_folder = profile_folder(read.labels_of) if read.labels_of else folder
    labels = tuple(read_rows(labels_folder, _LABELS, Label))
    form = StatisticsForm(
        profile=read.profile,
        title=read.title,
        in_force_from=read.in_force_from,
        sheets=read.sheets,
        totals=read.totals,
        uncertain=read.uncertain,
        tables=read_yaml(folder, "tables.yml", TablesFile).root,
        labels=MappingProxyType(_lists(labels)),
        rare=frozenset((label.list, label.code) for label in labels if label.always == "no"),
        registration=_rows(folder, "registration.csv", RegistrationField),
        checks=_rows(folder, "checks.csv", Check),
        document=read_yaml(folder, "document.yml", Document)
        if folder.joinpath("document.yml").is_file()
        else None,
        fingerprint=fingerprint(folder, labels_folder.joinpath(_LABELS)),
    )
    refuse_loose_ends(form)
    return form


def _rows(folder: Traversable, name: str, shape: type[Row]) -> tuple[Row, ...]:
    """Of a file that there need not be."""
    return tuple(read_rows(folder, name, shape)) if folder.joinpath(name).is_file() else ()


def _lists(labels: tuple[Label, ...]) -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for label in labels:
        codes = lists.setdefault(label.list, {})
        if label.code in codes:
            raise FormError(f"{_LABELS}: {label.code} stands twice in {label.list}")
        codes[label.code] = label.label
    return lists


def refuse_loose_ends(form: StatisticsForm) -> None:
    """Fails at once, and not in some year's file, where one part of the form names what another lacks."""
    shown = {code for sheets in form.sheets.values() for sheet in sheets for code in sheet.tables}
    shown |= set(form.document.tables if form.document else ())
    if missing := (shown | {check.table for check in form.checks if check.table}) - set(form.tables):
        raise FormError(f"{form.profile}: no table {', '.join(sorted(missing))}")
    if unused := set(form.tables) - shown:
        raise FormError(f"{form.profile}: no sheet or document shows table {', '.join(sorted(unused))}")
    for code, table in form.tables.items():
        if bool(table.topic) == bool(table.lines):
            raise FormError(f"{form.profile}: table {code} has a topic or lines, one of them")
        if table.labels and table.labels not in form.labels:
            raise FormError(f"{form.profile}: table {code} has no labels {table.labels}")
        if len({column.label for column in table.columns}) < len(table.columns):
            raise FormError(f"{form.profile}: table {code}: two columns of one name")
    if unknown := set(form.sheets) - {"", *contract().tables["cnca_report"].column("recipient").values}:
        raise FormError(f"{form.profile}: no recipient {', '.join(sorted(unknown))}")
    if len({check.id for check in form.checks}) < len(form.checks):
        raise FormError(f"{form.profile}: checks.csv: an id stands twice")
