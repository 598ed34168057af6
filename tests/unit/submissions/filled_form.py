"""The form filled by hand: records given as words, checked by the real checks, without a warehouse.

Every field can be given a value, also those that the records never fill; one evaluation serves all cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import duckdb

from reports.submissions.records.cell_checks import check_sheets
from reports.submissions.records.cells import build_sheet, define_functions, quoted
from reports.submissions.records.sheet_form import Field, Form, Sheet, load_form

Record = Mapping[str, str | None]
SHEETS = ("103010", "103011")
PROFILES = ("cnca-2016", "cnca-2021")
REPORTED_ON = date(2026, 10, 5)

# A new certificate with everything that the form asks of it.
CERTIFICATE: Record = MappingProxyType(
    {
        "report_type": "new",
        "period_from": "2026-09-01",
        "reported_until": "2026-09-30",
        "body_approval_no": "CNCA-R-2004-101",
        "branch_name": "甲认证有限公司",
        "accreditation_code": "CNAS",
        "accreditation_no": "CNAS C001-M",
        "accreditation_mark_code": "01",
        "org_name": "甲一科技有限公司",
        "org_code": "MA000001X",
        "industry_code": "6510",
        "country_code": "156",
        "region_code": "110105",
        "org_addresses": "北京市朝阳区测试路1号",
        "postcode": "002300",
        "phone": "01000000001",
        "legal_person": "法定人",
        "org_type_code": "1590",
        "registered_capital": "1000.5",
        "capital_currency": "156",
        "staff_total": "120",
        "staff_covered": "38",
        "first_certified_on": "2026-09-03",
        "system": "ITSMS",
        "scope_codes": "04.03;06.02",
        "standard": "ISO/IEC 20000-1:2018",
        "covers_multiple_sites": "false",
        "scope_text": "软件运行维护服务",
        "audit_activity": "stage2",
        "cycle_no": "0",
        "surveillance_count": "0",
        "audit_start_on": "2026-07-06",
        "audit_end_on": "2026-08-04",
        "audit_days": "5.25",
        "combined_systems": "1",
        "decided_by_name": "决定人",
        "decided_on": "2026-09-01",
        "issued_on": "2026-09-03",
        "expires_on": "2029-09-02",
        "status": "valid",
        "is_sub_certificate": "false",
        "is_exchanged": "false",
        "is_accredited": "true",
        "contract_fee": "36000",
        "contract_fee_currency": "CNY",
        "contract_no": "HT-0001",
        "is_overdue_audit": "false",
        "base_days": "5.5",
    }
)
# The leader of that certificate's second stage.
MEMBER: Record = MappingProxyType(
    {
        "body_approval_no": "CNCA-R-2004-101",
        "audit_type": "stage2",
        "onsite_start_on": "2026-08-03",
        "onsite_end_on": "2026-08-04",
        "person_name": "组长甲",
        "id_type_code": "01",
        "id_number": "110101198001010011",
        "role": "leader",
        "qualification": "senior_auditor",
        "registration_no": "2020-N1ITSMS-000001",
        "is_professional": "true",
        "is_full_time": "true",
        "is_behind_certificate_row": "true",
    }
)
# The plan of a surveillance, with a leader, an auditor and an expert, as of the form of 2016.
PLAN: Record = MappingProxyType(
    {
        "body_approval_no": "CNCA-R-2004-101",
        "audit_type": "surveillance",
        "audit_mode": "onsite",
        "start_on": "2026-10-12",
        "end_on": "2026-10-13",
        "due_on": "2026-10-09",
        "typed_audit_inspector": "2020-N1ITSMS-000001，组长甲，01，13800000000;2021-N1ITSMS-000002，组员乙，02，13800000001",
        "typed_audit_inspect_zj": "专家丁，04，E12345678，13800000002",
        "country_code": "156",
        "region_code": "110105",
        "org_code": "MA000001X",
        "org_name": "甲一科技有限公司",
        "contact_person": "联系人",
        "contact_ways": "01000000001;01000000002",
        "address": "北京市朝阳区测试路1号",
        "application_id": "AP01",
        "certificate_no": "10126IT00001R0CNAS",
        "systems": "ITSMS",
    }
)
BASE = {"102010": PLAN, "103010": CERTIFICATE, "103011": MEMBER}
_UNFILLED = (
    "certificate_id", "certificate_no", "main_expires_on", "audit_id", "person_id", "former_name",
    "due_on", "country_code",
)  # fmt: skip


def fillable(form: Form) -> Form:
    """The form with a column for every field, also where the records have none or compose the cell."""
    sheets = {
        code: replace(sheet, fields=tuple(_with_column(field) for field in sheet.fields), composed={})
        for code, sheet in form.sheets.items()
    }
    return replace(form, sheets=MappingProxyType(sheets))


def _with_column(field: Field) -> Field:
    return field if field.column else replace(field, column=f"typed_{field.name.lower()}")


FORMS = {profile: fillable(load_form(profile)) for profile in PROFILES}
FORM = FORMS["cnca-2016"]


def failed_checks(
    records: Mapping[str, Sequence[Record]], form: Form = FORM
) -> dict[tuple[str, int], set[str]]:
    """(sheet, place of the record) -> checks that failed, as '<field>:<check>'."""
    connection = checked(records, form)
    found: dict[tuple[str, int], set[str]] = {}
    rows = connection.execute("select sheet, row_no, field || ':' || check_id from failure").fetchall()
    for sheet, row_no, check in rows:
        found.setdefault((sheet, row_no - 1), set()).add(check)
    return found


def checked(records: Mapping[str, Sequence[Record]], form: Form = FORM) -> duckdb.DuckDBPyConnection:
    """A connection with sheet_<code> and failure, made of the records in their order."""
    connection = duckdb.connect()
    connection.execute("attach ':memory:' as warehouse; create schema warehouse.submissions")
    define_functions(connection, form)
    for code in form.sheets:
        sheet = replace(form.sheets[code], order_by=("place",))
        _create_relation(connection, sheet, records.get(code, ()))
        build_sheet(connection, form, sheet, f"relation_{code}", "true", REPORTED_ON)
    check_sheets(connection, form, tuple(form.sheets))
    return connection


def _create_relation(connection: duckdb.DuckDBPyConnection, sheet: Sheet, records: Sequence[Record]) -> None:
    names = list(dict.fromkeys([*(field.column for field in sheet.fields), *BASE[sheet.code], *_UNFILLED]))
    columns = ", ".join(f'"{name}" varchar' for name in names)
    connection.execute(f"create table warehouse.submissions.relation_{sheet.code} (place integer, {columns})")
    for place, record in enumerate(records):
        assert set(record) <= set(names), f"no column {set(record) - set(names)}"
        values = ", ".join(
            "null" if record.get(name) is None else quoted(str(record[name])) for name in names
        )
        connection.execute(
            f"insert into warehouse.submissions.relation_{sheet.code} values ({place}, {values})"
        )
