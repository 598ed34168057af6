"""The form profile: what the regulator prints, field by field, and that its files fit together."""

from __future__ import annotations

import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from reports.submissions.form_profiles import form_in_force
from reports.submissions.records.sheet_form import load_form, read_form
from reports.submissions.strict_files import FormError

FORM = load_form("cnca-2016")


def test_sheets_have_the_forms_fields_in_order() -> None:
    # Uploads are refused when a column is missing, added or moved.
    fields = {code: [field.name for field in sheet.fields] for code, sheet in FORM.sheets.items()}
    assert {code: len(names) for code, names in fields.items()} == {"102010": 18, "103010": 73, "103011": 14}
    assert fields["102010"] == [
        "AUDIT_PLAN_CODE", "AUDIT_ACT_TYPE", "AUDIT_START_DATE", "AUDIT_END_DATE", "AUDIT_INSPECTOR", "AUDIT_INSPECT_ZJ",
        "ORG_COUNTRY", "ORG_DISTRICT", "ORG_CODE", "ORG_NAME", "ORG_CONTACT_PERSON", "ORG_CONTACT_WAY", "ORG_ADDRESS",
        "AUDIT_APPLY_NO", "CERT_NUMBER", "AUTH_PROJ_CODE", "RZJG_ID", "REMARK",
    ]  # fmt: skip
    assert fields["103010"][20:23] == ["CERT_NUMBER", "AUTH_PROJ_CODE", "BUSI_SCOP_CODE"]
    assert fields["103010"][62] == "Service_area_code"
    assert fields["103010"][-2:] == ["FETCH_S_DATE", "FETCH_E_DATE"]
    assert fields["103011"] == [
        "RZJG_ID", "CERT_NUMBER", "APPR_STAGE", "APPR_S_DATE", "APPR_E_DATE", "FULL_NAME", "IDENTITY_CODE",
        "ID_CODE", "APPR_M_ROLE", "QUA_CODE", "APT_CERTI_NUM", "IS_PROF_M", "IS_SPECIAL", "OBSERVER_FLAG",
    ]  # fmt: skip


def test_the_plan_of_2021_dropped_four_fields_and_gained_one() -> None:
    old = {field.name for field in FORM.sheets["102010"].fields}
    new = {field.name for field in load_form("cnca-2021").sheets["102010"].fields}
    assert old - new == {"ORG_COUNTRY", "AUDIT_APPLY_NO", "CERT_NUMBER", "RZJG_ID"}
    assert new - old == {"AUDIT_MODE"}


def test_identity_numbers_of_auditors_stand_in_the_plan_of_2021_alone() -> None:
    parts = {
        profile: [
            part.column for part in load_form(profile).sheets["102010"].composed["AUDIT_INSPECTOR"].parts
        ]
        for profile in ("cnca-2016", "cnca-2021")
    }
    assert parts["cnca-2016"] == ["registration_no", "person_name", "role", "phone"]
    assert parts["cnca-2021"] == ["id_number", "person_name", "role", "phone"]


def test_people_are_personal_in_every_sheet() -> None:
    # What is not marked would be shown in the error workbook.
    marked = {
        field.name for profile in ("cnca-2016", "cnca-2021")
        for sheet in load_form(profile).sheets.values() for field in sheet.fields if field.is_personal
    }  # fmt: skip
    assert marked >= {
        "AUDIT_INSPECTOR", "AUDIT_INSPECT_ZJ", "ORG_CONTACT_PERSON", "ORG_CONTACT_WAY", "ORG_PHONE", "LEGAL_PEOPLE",
        "CHK_P_LIST", "FULL_NAME", "ID_CODE",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "profile"), [(date(2021, 9, 14), "cnca-2016"), (date(2021, 9, 15), "cnca-2021")]
)
def test_the_form_of_a_day_is_the_one_in_force(day: date, profile: str) -> None:
    assert form_in_force(load_form, ("cnca-2021", "cnca-2016"), day).profile == profile
    assert form_in_force(load_form, ("cnca-2021", "cnca-2016"), day, "cnca-2016").profile == "cnca-2016"


def test_printed_types_and_lengths_are_the_forms_own() -> None:
    sheet = FORM.sheets["103010"]
    printed = {field.name: field.printed for field in sheet.fields}
    assert printed["ORG_REG_ASSETS"][2:4] == ("NUMBER", "12,4")
    assert printed["CHK_PD_NUM"][1:4] == ("35、审核人日数", "NUMBER", "3,3")
    assert printed["FETCH_S_DATE"][2] == "Date"
    assert printed["O_CERTI_NUM"][5:] == ("", "否")
    assert FORM.row_names == (
        "字段名称", "字段含义", "数据类型", "最大长度（字符）", "填表说明", "校验级别", "是否公开",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "digits"),
    [
        ("ORG_REG_ASSETS", (8, 4)),
        ("CHK_PD_NUM", (3, 3)),
        ("REV_CERTI_FEE", (6, 4)),
        ("BASE_PD_NUM", (3, 3)),
        ("SUSE_TIMES", (2, 0)),
    ],
)
def test_numbers_are_read_as_the_readme_of_the_profile_says(name: str, digits: tuple[int, int]) -> None:
    field = FORM.sheets["103010"].field(name)
    assert (field.integer_digits, field.decimals) == digits


def test_every_mapped_code_fits_its_field() -> None:
    # A code longer than its field would be refused on every row that uses it.
    for sheet in FORM.sheets.values():
        for field in sheet.fields:
            for code in FORM.mappings.get(field.mapping, {}).values():
                assert len(code.code) <= (field.max_length or 0), f"{field.name}: {code.code}"


def test_every_reason_of_the_rule_has_a_cause() -> None:
    # 7.2.1 names 13 reasons to suspend, 7.3 five to revoke: none may be without a code.
    assert set(FORM.mappings["suspension_cause"]) == {f"7.2.1({n})" for n in range(1, 14)}
    assert set(FORM.mappings["revocation_cause"]) == {f"7.3({n})" for n in range(1, 6)}


def test_codes_that_no_public_source_settles_are_marked() -> None:
    doubtful = {
        (name, value)
        for name, codes in FORM.mappings.items()
        for value, code in codes.items()
        if not code.is_certain
    }
    assert {
        ("project", "ITSMS"), ("report_type", "new"), ("audit_stage", "recertification"),
        ("exchange_cause", "renewed"), ("currency", "CNY"),
    } <= doubtful  # fmt: skip


def test_an_unknown_profile_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FormError, match="cnca-2016"):
        load_form("cnca-1999")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("rules.csv", "103010-06-b,103010,ORG_CODE", "103010-06-a,103010,ORG_CODE", "stands twice"),
        ("rules.csv", "103010-06-b,103010,ORG_CODE", "103010-06-b,103010,ORG_KODE", "no field ORG_KODE"),
        ("fields-103011.csv", "\n2,CERT_NUMBER", "\n3,CERT_NUMBER", "position 3"),
        ("fields-103011.csv", ",audit_stage,audit_stage,", ",audit_stages,audit_stage,", "no mapping"),
        ("rules.csv", "cell.ORG_COUNTRY <> '156'", "coalesce(cell.ORG_COUNTRY, '156')", "not 8 values"),
        ("form.yml", "key: [AUDIT_PLAN_CODE]", "key: [AUDIT_PLAN_NO]", "no field AUDIT_PLAN_NO"),
        ("mappings.csv", "team_role,leader,01", "team_role,leader,09", "not in code list"),
        (
            "form.yml",
            '"103011": sub_monthly__audit_result',
            '"103012": sub_monthly__audit_result',
            "no sheet 103012",
        ),
    ],
)
def test_a_profile_whose_parts_do_not_fit_is_refused_at_once(
    tmp_path: Path, file: str, old: str, new: str, complaint: str
) -> None:
    folder = tmp_path / "profile"
    shutil.copytree(Path(str(files("reports.submissions").joinpath("forms", "cnca-2016"))), folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FormError, match=complaint):
        read_form(folder)


def test_any_change_of_the_profile_changes_its_fingerprint(tmp_path: Path) -> None:
    # The manifest proves with which form a file was made.
    folder = tmp_path / "profile"
    shutil.copytree(Path(str(files("reports.submissions").joinpath("forms", "cnca-2016"))), folder)
    assert read_form(folder).fingerprint == FORM.fingerprint
    with (folder / "code-lists.csv").open("a", encoding="utf-8") as file:
        file.write("currency,02,美元,no,\n")
    assert read_form(folder).fingerprint != FORM.fingerprint
