"""Audit plans in order, and for each rule of either form one that breaks it: changes to filled_form.PLAN."""

from __future__ import annotations

from tests.unit.submissions.records_to_break import Broken, Changes

LEADER = "2020-N1ITSMS-000001，组长甲，01，13800000000"
AUDITOR = "2021-N1ITSMS-000002，组员乙，02，13800000001"
EXPERT = "专家丁，04，E12345678，13800000002"
INITIAL: dict[str, str | None] = {"audit_type": "stage2", "certificate_no": None}

PLANS_IN_ORDER: list[Changes] = [
    {}, INITIAL, {"typed_audit_inspector": LEADER, "typed_audit_inspect_zj": None},
    {"country_code": "840", "org_code": None, "region_code": None}, {"country_code": "344", "org_code": None},
    {"end_on": "2026-10-12", "start_on": "2026-10-12"}, {"start_on": "2026-10-05", "due_on": "2026-10-05"},
    {"other_addresses": "甲路1号;乙路2号"},
]  # fmt: skip

# What both forms have, under the name of the field: (change, what else must fail).
_SHARED: dict[str, tuple[Changes, set[str]]] = {
    "AUDIT_PLAN_CODE-a": ({"audit_id": "TWICE-1"}, set()),
    "AUDIT_START_DATE-a": ({"start_on": "2026-10-04"}, set()),
    "AUDIT_START_DATE-b": ({"due_on": "2026-10-04"}, set()),
    "AUDIT_END_DATE-a": ({"end_on": "2026-10-11"}, set()),
    "AUDIT_INSPECTOR-a": ({"typed_audit_inspector": f"{AUDITOR};{LEADER}"}, set()),
    "AUDIT_INSPECTOR-b": (
        {"typed_audit_inspector": f"{LEADER};{AUDITOR.replace('，02，', '，01，')}"},
        set(),
    ),
    "AUDIT_INSPECTOR-c": ({"typed_audit_inspector": f"{LEADER};{LEADER.replace('，01，', '，02，')}"}, set()),
    "AUDIT_INSPECT_ZJ-a": ({"typed_audit_inspect_zj": f"{EXPERT};{EXPERT}1"}, set()),
    "ORG_DISTRICT-a": ({"region_code": None}, set()),
    "ORG_DISTRICT-b": ({"country_code": "840", "org_code": None}, set()),
    "ORG_CODE-a": ({"org_code": None}, set()),
    "ORG_CODE-b": ({"country_code": "840", "region_code": None}, set()),
}
_ONLY_2016: dict[str, tuple[Changes, set[str]]] = {
    "AUDIT_ACT_TYPE-a": ({"application_id": "AP01;AP02"}, set()),
    "AUDIT_ACT_TYPE-b": ({"certificate_no": "C1;C2"}, set()),
    "CERT_NUMBER-a": ({"certificate_no": None}, set()),
}
_POSITIONS = {
    "cnca-2016": {
        "AUDIT_PLAN_CODE": 1, "AUDIT_ACT_TYPE": 2, "AUDIT_START_DATE": 3, "AUDIT_END_DATE": 4, "AUDIT_INSPECTOR": 5,
        "AUDIT_INSPECT_ZJ": 6, "ORG_DISTRICT": 8, "ORG_CODE": 9, "CERT_NUMBER": 15,
    },
    "cnca-2021": {
        "AUDIT_PLAN_CODE": 1, "AUDIT_START_DATE": 4, "AUDIT_END_DATE": 5, "AUDIT_INSPECTOR": 6,
        "AUDIT_INSPECT_ZJ": 7, "ORG_DISTRICT": 8, "ORG_CODE": 9,
    },
}  # fmt: skip


def broken_plans(profile: str) -> Broken:
    """Rule id of that form -> the plan that breaks it."""
    cases = _SHARED | (_ONLY_2016 if profile == "cnca-2016" else {})
    found = {}
    for name, case in cases.items():
        field, letter = name.rsplit("-", 1)
        found[f"102010-{_POSITIONS[profile][field]:02}-{letter}"] = case
    return found
