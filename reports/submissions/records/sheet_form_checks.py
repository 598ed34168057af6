"""Whether the files of a profile fit together: found at once, and not in some month's file."""

from __future__ import annotations

from reports.submissions.kinds import KINDS
from reports.submissions.records.sheet_form_files import Rule
from reports.submissions.records.sheet_form_model import Field, Form, Sheet
from reports.submissions.strict_files import FormError


def check_form(form: Form, rules: list[Rule]) -> None:
    """Fails at once, and not in some month's file, when the profile's parts do not fit together."""
    if len({rule.id for rule in rules}) != len(rules):
        raise FormError("rules.csv: a rule id stands twice")
    for rule in rules:
        if rule.sheet not in form.sheets or rule.field not in {
            f.name for f in form.sheets[rule.sheet].fields
        }:
            raise FormError(f"rule {rule.id}: no field {rule.field} in sheet {rule.sheet}")
    for kind, codes in form.workbooks.items():
        if kind not in KINDS or form.profile not in KINDS[kind].forms:
            raise FormError(f"workbook {kind}: no kind of submission in this form")
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
