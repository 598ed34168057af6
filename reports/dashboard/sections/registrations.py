"""Registrations of auditors, those first that run out and are not followed by another."""

from __future__ import annotations

from reports.columns import Column, RecordLink
from reports.dashboard.blocks import Figure, Section, Table
from reports.figures import expiring_registrations
from reports.labels import AUDITOR_GRADE, EMPLOYMENT, YES_NO
from reports.rows import Rows

_REGISTRATIONS = "marts.fct_auditor_registration"

SECTION = Section(
    slug="capacity-registrations",
    title="注册到期",
    intro="在岗审核员的注册在 {parameter:qualification_horizon_days} 天内到期而没有后续注册的；到期后即不再计入在岗审核员。",
    blocks=(
        Figure(
            name="expiring_registrations",
            title="将到期的注册",
            source=_REGISTRATIONS,
            unit="项",
            query=Rows(
                _REGISTRATIONS,
                where={"is_expiring": True},
                renamed={"month": "valid_until_month"},
                ones={"itsms": ("system_group", "itsms"), "other": ("system_group", "other")},
            ),
            drawing=expiring_registrations.DRAWING,
            period="month",
        ),
        Table(
            name="registrations",
            title="人员注册",
            source=_REGISTRATIONS,
            note="先列将到期的。“计入在岗”：在职、注册有效、级别为审核员或高级审核员（条款 3.6）。",
            query=Rows(
                _REGISTRATIONS,
                order=("-is_expiring", "valid_until", "person_id", "system", "registration_no"),
                renamed={"month": "valid_until_month"},
            ),
            period="valid_until",
            columns=(
                Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
                Column("system", "体系", filter=True),
                Column("grade", "级别", kind="code", labels=AUDITOR_GRADE, filter=True),
                Column("valid_until", "有效期至", kind="date"),
                Column("days_left", "剩余", kind="number", unit="天"),
                Column("is_expiring", "将到期", kind="code", labels=YES_NO, filter=True, wide=True),
                Column("is_active_auditor", "计入在岗", kind="code", labels=YES_NO, filter=True, wide=True),
                Column("employment", "聘用", kind="code", labels=EMPLOYMENT, filter=True, wide=True),
                Column("is_person_active", "在职", kind="code", labels=YES_NO, detail=True),
                Column("valid_from", "注册日期", kind="date", wide=True),
                Column("registration_no", "注册号", detail=True),
                Column("month", "到期月份", kind="date", detail=True),
                Column("body_name", "认证机构", wide=True),
            ),
        ),
    ),
)
