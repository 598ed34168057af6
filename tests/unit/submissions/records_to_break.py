"""Records in order, and for each rule of the form one that breaks it: changes to the records of filled_form."""

# ruff: noqa: E501 - one case, one line
from __future__ import annotations

Changes = dict[str, str | None]
Broken = dict[str, tuple[Changes, set[str]]]

SUSPENDED: Changes = {
    "report_type": "changed", "audit_activity": "change", "change_types": "suspended", "changed_on": "2026-09-07",
    "status": "suspended", "suspension_reason": "7.2.1(6)", "suspended_on": "2026-09-07", "suspended_until": "2026-12-31",
}  # fmt: skip
REVOKED: Changes = {
    "report_type": "changed", "audit_activity": "change", "change_types": "revoked", "changed_on": "2026-09-07",
    "status": "revoked", "revocation_reason": "7.3(3)", "revoked_on": "2026-09-07",
}  # fmt: skip
EXCHANGED: Changes = {
    "report_type": "exchanged", "is_exchanged": "true", "exchanged_on": "2026-09-03", "exchange_cause": "renewed",
    "original_approval_no": "CNCA-R-2004-101", "original_certificate_no": "101-2023-ITSMS-0001",
}  # fmt: skip
SUB: Changes = {
    "is_sub_certificate": "true",
    "main_certificate_no": "10126IT00099R0CNAS",
    "main_expires_on": "2029-09-02",
}
OVERDUE: Changes = {
    "is_overdue_audit": "true", "programme_no": "FA-01", "overdue_cause": "01;05", "planned_start_on": "2026-07-01",
    "typed_program_fileno": "CX-12",
}  # fmt: skip
UNACCREDITED: Changes = {"is_accredited": "false", "accreditation_mark_code": None, "accreditation_no": None}
EXPERT: Changes = {"role": "technical_expert", "qualification": "technical_expert", "registration_no": "P4"}

# Records that are in order as they are: no check may fail.
IN_ORDER: dict[str, list[Changes]] = {
    "103010": [
        {}, SUSPENDED, REVOKED, EXCHANGED, SUB, OVERDUE, UNACCREDITED,
        {"country_code": "840", "org_code": None, "region_code": None},
        {"country_code": "344", "org_code": None},
        {"covers_multiple_sites": "true", "site_addresses": "甲路1号;乙路2号"},
        {"registered_capital": "12345678.1234", "audit_days": "123.125", "contract_fee": "999999.9999"},
        {"staff_covered": "120", "decided_on": "2026-09-03", "main_certificate_no": None},
    ],
    "103011": [{}, EXPERT, {"is_behind_certificate_row": "false", "certificate_no": "OTHER-1"}],
}  # fmt: skip

# rule id -> the record that breaks it; what else must fail with it, if anything.
BROKEN: Broken = {
    "103010-05-a": ({"report_type": "changed", "audit_activity": "change", "change_types": "0110;0101", "changed_on": "2026-09-07"}, set()),
    "103010-06-a": ({"org_code": None}, set()),
    "103010-06-b": ({"country_code": "840", "region_code": None}, set()),
    "103010-09-a": ({"country_code": "158", "org_code": None, "region_code": None}, set()),
    "103010-09-b": ({"country_code": "840", "org_code": None}, set()),
    "103010-10-a": ({"org_addresses": "甲;乙;丙;丁"}, set()),
    "103010-19-a": ({"staff_covered": "121"}, set()),
    "103010-20-a": ({"first_certified_on": "2026-09-04"}, set()),
    "103010-20-b": ({"first_certified_on": "2026-10-06"}, {"FIRST_CERT_DATE:103010-20-a"}),
    "103010-21-a": ({"certificate_no": "TWICE-1"}, set()),
    "103010-23-a": ({"scope_codes": None}, set()),
    "103010-24-a": ({"standard": None}, set()),
    "103010-26-a": ({"covers_multiple_sites": "true"}, set()),
    "103010-28-a": ({"system": "A0102X"}, {"AUTH_PROJ_CODE:code"}),
    "103010-28-b": ({"typed_qms_coverage": "范围"}, set()),
    "103010-29-a": ({"system": "A0901X"}, {"AUTH_PROJ_CODE:code"}),
    "103010-29-b": ({"typed_org_en_border": "边界"}, set()),
    "103010-31-a": ({"audit_activity": "recertification"}, set()),
    "103010-32-a": ({"audit_activity": "surveillance"}, set()),
    "103010-33-a": ({"audit_start_on": None}, set()),
    "103010-33-b": ({"audit_start_on": "2026-08-05"}, set()),
    "103010-34-a": ({"audit_end_on": None}, set()),
    "103010-34-b": ({"audit_end_on": "2026-10-06"}, set()),
    "103010-35-a": ({"audit_days": None}, set()),
    "103010-38-a": ({"decided_on": "2026-10-06"}, {"AWARD_DATE:103010-39-b"}),
    "103010-39-a": ({"issued_on": "2026-10-06"}, set()),
    "103010-39-b": ({"decided_on": "2026-09-04"}, set()),
    "103010-40-a": ({**SUB, "expires_on": "2029-09-03"}, set()),
    "103010-40-b": ({"expires_on": "2026-09-03"}, set()),
    "103010-42-a": ({**SUSPENDED, "suspension_reason": None}, set()),
    "103010-42-b": ({"suspension_reason": "7.2.1(1)"}, set()),
    "103010-43-a": ({**SUSPENDED, "suspended_on": None}, set()),
    "103010-43-b": ({**SUSPENDED, "suspended_on": "2026-10-06"}, set()),
    "103010-44-a": ({**SUSPENDED, "suspended_until": None}, set()),
    "103010-44-b": ({**SUSPENDED, "suspended_until": "2026-09-06"}, set()),
    "103010-45-a": ({**REVOKED, "revocation_reason": None}, set()),
    "103010-45-b": ({"revocation_reason": "7.3(1)"}, set()),
    "103010-46-a": ({**REVOKED, "revoked_on": None}, set()),
    "103010-46-b": ({**REVOKED, "revoked_on": "2026-10-06"}, set()),
    "103010-48-a": ({**SUB, "main_certificate_no": None}, set()),
    "103010-48-b": ({"main_certificate_no": "10126IT00099R0CNAS"}, set()),
    "103010-48-c": ({**SUB, "certificate_no": "SAME-1", "main_certificate_no": "SAME-1"}, set()),
    "103010-49-a": ({**SUSPENDED, "changed_on": None}, set()),
    "103010-49-b": ({"changed_on": "2026-09-07"}, set()),
    "103010-49-c": ({**SUSPENDED, "changed_on": "2026-10-06"}, set()),
    "103010-50-a": ({**SUSPENDED, "change_types": None, "changed_on": None}, set()),
    "103010-51-a": ({**EXCHANGED, "is_exchanged": "false"}, set()),
    "103010-52-a": ({**EXCHANGED, "exchanged_on": None}, set()),
    "103010-52-b": ({"exchanged_on": "2026-09-03"}, set()),
    "103010-52-c": ({**EXCHANGED, "exchanged_on": "2026-10-06"}, set()),
    "103010-53-a": ({**EXCHANGED, "exchange_cause": None}, set()),
    "103010-53-b": ({"exchange_cause": "renewed"}, set()),
    "103010-54-a": ({**EXCHANGED, "original_approval_no": None}, set()),
    "103010-54-b": ({"original_approval_no": "CNCA-R-2004-101"}, set()),
    "103010-55-a": ({**EXCHANGED, "original_certificate_no": None}, set()),
    "103010-55-b": ({"original_certificate_no": "101-2023"}, set()),
    "103010-56-a": ({"accreditation_no": None}, set()),
    "103010-57-a": ({"accreditation_mark_code": None}, set()),
    "103010-57-b": ({"is_accredited": "false"}, set()),
    "103010-58-a": ({"system": "ISMS"}, {"AUTH_PROJ_CODE:code", "Service_area_code:103010-63-a"}),
    "103010-58-b": ({"typed_risk_param": "01"}, set()),
    "103010-59-a": ({"contract_fee": None, "contract_fee_currency": None}, set()),
    "103010-60-a": ({"contract_fee_currency": None}, set()),
    "103010-62-a": ({"site_addresses": "路" * 2001}, set()),
    "103010-62-b": ({"typed_attachments": "证书附件.pdf"}, set()),
    "103010-63-a": ({"system": "SC"}, {"AUTH_PROJ_CODE:code"}),
    "103010-66-a": ({"is_overdue_audit": None}, set()),
    "103010-67-a": ({**OVERDUE, "programme_no": None}, set()),
    "103010-68-a": ({**OVERDUE, "overdue_cause": None}, set()),
    "103010-69-a": ({**OVERDUE, "planned_start_on": None}, set()),
    "103010-70-a": ({**OVERDUE, "typed_program_fileno": None}, set()),
    "103011-02-a": ({"certificate_no": "OTHER-2"}, set()),
    "103011-04-a": ({"onsite_start_on": "2026-08-05"}, set()),
    "103011-05-a": ({"onsite_end_on": "2026-10-06"}, set()),
    "103011-08-a": ({"id_number": "1101011980"}, set()),
    "103011-10-a": ({"qualification": "technical_expert"}, set()),
    "103011-11-a": ({"id_number": "110101198001010099"}, set()),
}  # fmt: skip
# Rules about records that stand twice: the broken record is given two times.
TWICE = {"102010-01-a", "103010-21-a", "103011-11-a"}
