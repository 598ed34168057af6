"""Every check of every form, broken once: a record in order with one thing changed must fail exactly there."""

from __future__ import annotations

from functools import cache

import pytest

from reports.submissions.error_list import MASK
from reports.submissions.records.cell_checks import sheet_checks
from reports.submissions.records.sheet_form import Field
from tests.unit.submissions import plans_to_break, records_to_break
from tests.unit.submissions.field_consequences import CONSEQUENCES
from tests.unit.submissions.filled_form import BASE, FORMS, PROFILES, Record, checked, failed_checks
from tests.unit.submissions.records_to_break import TWICE, Broken

IN_ORDER = {**records_to_break.IN_ORDER, "102010": plans_to_break.PLANS_IN_ORDER}
BROKEN: dict[str, Broken] = {
    "cnca-2016": {**records_to_break.BROKEN, **plans_to_break.broken_plans("cnca-2016")},
    "cnca-2021": plans_to_break.broken_plans("cnca-2021"),
}


def _broken_value(field: Field, check: str) -> str | None:
    """A value that the field's own check must refuse."""
    if check == "required":
        return None
    if check == "length":
        return "长" * ((field.max_length or 0) + 1)
    if check == "precision":
        return "9" * ((field.integer_digits or 0) + 1)
    return {"date": "2026-02-30", "number": "12a", "code": "无", "pattern": "、 ，", "negative": "-1",
            "characters": "\ue000"}[check]  # fmt: skip


FIELD_CASES = [
    (profile, code, check.field.name, check.id)
    for profile, form in FORMS.items()
    for code, sheet in form.sheets.items()
    for check in sheet_checks(form, sheet)
    if not check.id.startswith(code)
]


@cache
def _failures(profile: str) -> dict[tuple[str, str], list[set[str]]]:
    """All cases of a form in one evaluation: (sheet, case) -> failed checks of its records."""
    form = FORMS[profile]
    records: dict[str, list[Record]] = {code: [] for code in form.sheets}
    owners: dict[str, list[str]] = {code: [] for code in form.sheets}

    def add(code: str, case: str, change: dict[str, str | None]) -> None:
        place = len(records[code])
        # Team members belong to the first certificate; each is a person of its own.
        own = {
            "102010": {"audit_id": f"PLAN-{place}"},
            "103010": {"certificate_no": f"CERT-{place}"},
            "103011": {"certificate_no": "CERT-0", "id_number": f"11010119800{place:06}X"},
        }[code]
        records[code].append({**BASE[code], **own, **change})
        owners[code].append(case)

    for code in form.sheets:
        for number, change in enumerate(IN_ORDER[code]):
            add(code, f"in order {number}", change)
    for rule, (change, _) in BROKEN[profile].items():
        for _ in range(2 if rule in TWICE else 1):
            add(rule[:6], rule, change)
    for of_profile, code, name, check in FIELD_CASES:
        if of_profile == profile:
            field = form.sheets[code].field(name)
            add(code, f"{name}:{check}", {field.column: _broken_value(field, check)})

    failed = failed_checks(records, form)
    found: dict[tuple[str, str], list[set[str]]] = {}
    for code in form.sheets:
        for place, case in enumerate(owners[code]):
            found.setdefault((code, case), []).append(failed.get((code, place), set()))
    return found


@pytest.mark.parametrize(
    ("profile", "code", "number"),
    [
        (profile, code, number)
        for profile, form in FORMS.items()
        for code in form.sheets
        for number in range(len(IN_ORDER[code]))
    ],
)
def test_a_record_in_order_passes_every_check(profile: str, code: str, number: int) -> None:
    # A check that cries wolf would keep a good file from being filed.
    assert _failures(profile)[code, f"in order {number}"] == [set()]


@pytest.mark.parametrize(("profile", "rule"), [(p, rule) for p in PROFILES for rule in BROKEN[p]])
def test_each_rule_is_broken_by_its_case_alone(profile: str, rule: str) -> None:
    code = rule[:6]
    field = next(r.field for r in FORMS[profile].sheets[code].rules if r.id == rule)
    expected = {f"{field}:{rule}"} | BROKEN[profile][rule][1]
    failed = _failures(profile)[code, rule]
    assert all(checks == expected for checks in failed), failed


@pytest.mark.parametrize("profile", PROFILES)
def test_every_rule_of_the_form_has_a_case(profile: str) -> None:
    # A rule that nobody ever broke may check nothing.
    rules = {rule.id for sheet in FORMS[profile].sheets.values() for rule in sheet.rules}
    assert set(BROKEN[profile]) == rules


@pytest.mark.parametrize(("profile", "code", "name", "check"), FIELD_CASES)
def test_each_field_check_finds_a_broken_value_alone(profile: str, code: str, name: str, check: str) -> None:
    (failed,) = _failures(profile)[code, f"{name}:{check}"]
    assert f"{name}:{check}" in failed
    # What is too long is no code of the list and has no form either.
    of_length = {f"{name}:code", f"{name}:pattern"} if check == "length" else set()
    if check == "characters":
        of_length = {f"{name}:pattern", f"{name}:length"}
    others = failed - {f"{name}:{check}"} - of_length
    as_if = "length" if check == "characters" else check  # another text, whatever is wrong with it
    assert others == CONSEQUENCES.get(f"{profile}:{code}:{name}:{as_if}", set())


def test_personal_data_is_masked_in_failures() -> None:
    connection = checked({"103010": [{**BASE["103010"], "certificate_no": "C"}], "103011": [
        {**BASE["103011"], "certificate_no": "C", "id_number": "9" * 31, "person_name": "名" * 21}
    ]})  # fmt: skip
    shown = dict(connection.execute("select field, value from failure where check_id = 'length'").fetchall())
    assert shown == {"ID_CODE": MASK, "FULL_NAME": MASK}
    everything = connection.execute("select string_agg(failure::varchar, ' ') from failure").fetchone()
    assert everything is not None
    assert "9999999" not in everything[0]
    assert "名名" not in everything[0]


@pytest.mark.parametrize("profile", PROFILES)
def test_levels_follow_the_forms_check_level(profile: str) -> None:
    # Level 0 is not checked on upload: it must not keep a file back.
    for sheet in FORMS[profile].sheets.values():
        for field in sheet.fields:
            if field.printed[5] == "1":
                assert field.severity == "error", field.name
            if field.printed[5] == "0":
                assert field.severity == "warning", field.name
