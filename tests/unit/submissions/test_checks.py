"""Every check of the form, broken once: a record in order with one thing changed must fail exactly there."""

from __future__ import annotations

from functools import cache

import pytest

from reports.submissions.checks import MASK, sheet_checks
from reports.submissions.form import Field
from tests.unit.submissions.filled_form import BASE, FORM, SHEETS, Record, checked, failed_checks
from tests.unit.submissions.records_to_break import BROKEN, IN_ORDER, TWICE


def _broken_value(field: Field, check: str) -> str | None:
    """A value that the field's own check must refuse."""
    if check == "required":
        return None
    if check == "length":
        return "长" * ((field.max_length or 0) + 1)
    if check == "precision":
        return "9" * ((field.integer_digits or 0) + 1)
    return {"date": "2026-02-30", "number": "12a", "code": "不存在", "pattern": "不 合 格 式；" * 2}[check]


def _field_cases() -> list[tuple[str, str, str]]:
    return [
        (code, check.field.name, check.id)
        for code in SHEETS
        for check in sheet_checks(FORM, FORM.sheets[code])
        if not check.id.startswith(code)
    ]


FIELD_CASES = _field_cases()


@cache
def _failures() -> dict[tuple[str, str], list[set[str]]]:
    """All cases of the module in one evaluation: (sheet, case) -> failed checks of its records."""
    records: dict[str, list[Record]] = {code: [] for code in SHEETS}
    owners: dict[str, list[str]] = {code: [] for code in SHEETS}

    def add(code: str, case: str, change: dict[str, str | None]) -> None:
        place = len(records[code])
        # Team members belong to the first certificate; each is a person of its own.
        own = (
            {"certificate_no": f"CERT-{place}"}
            if code == "103010"
            else {"certificate_no": "CERT-0", "id_number": f"11010119800{place:06}X"}
        )
        records[code].append({**BASE[code], **own, **change})
        owners[code].append(case)

    for code in SHEETS:
        for number, change in enumerate(IN_ORDER[code]):
            add(code, f"in order {number}", change)
    for rule, (change, _) in BROKEN.items():
        for _ in range(2 if rule in TWICE else 1):
            add(rule[:6], rule, change)
    for code, name, check in FIELD_CASES:
        field = FORM.sheets[code].field(name)
        add(code, f"{name}:{check}", {field.column: _broken_value(field, check)})

    failed = failed_checks(records)
    found: dict[tuple[str, str], list[set[str]]] = {}
    for code in SHEETS:
        for place, case in enumerate(owners[code]):
            found.setdefault((code, case), []).append(failed.get((code, place), set()))
    return found


@pytest.mark.parametrize(
    ("code", "number"), [(code, number) for code in SHEETS for number in range(len(IN_ORDER[code]))]
)
def test_a_record_in_order_passes_every_check(code: str, number: int) -> None:
    # A check that cries wolf would keep a good file from being filed.
    assert _failures()[code, f"in order {number}"] == [set()]


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_is_broken_by_its_case_alone(rule: str) -> None:
    code = rule[:6]
    field = next(r.field for r in FORM.sheets[code].rules if r.id == rule)
    expected = {f"{field}:{rule}"} | BROKEN[rule][1]
    assert all(failed == expected for failed in _failures()[code, rule]), _failures()[code, rule]


def test_every_rule_of_the_form_has_a_case() -> None:
    # A rule that nobody ever broke may check nothing.
    assert set(BROKEN) == {rule.id for code in SHEETS for rule in FORM.sheets[code].rules}


@pytest.mark.parametrize(("code", "name", "check"), FIELD_CASES)
def test_each_field_check_finds_a_broken_value(code: str, name: str, check: str) -> None:
    (failed,) = _failures()[code, f"{name}:{check}"]
    assert f"{name}:{check}" in failed


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


def test_levels_follow_the_forms_check_level() -> None:
    # Level 0 is not checked on upload: it must not keep a file back.
    for code in SHEETS:
        for field in FORM.sheets[code].fields:
            if field.printed[5] == "1":
                assert field.severity == "error", field.name
            if field.printed[5] == "0":
                assert field.severity == "warning", field.name
