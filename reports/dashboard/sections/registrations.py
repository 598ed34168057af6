"""Registrations of auditors, those first that run out and are not followed by another."""

from __future__ import annotations

from reports.columns import Column, RecordLink
from reports.dashboard.blocks import Figure, Section, Table
from reports.figures import expiring_registrations
from reports.labels import AUDITOR_GRADE, EMPLOYMENT, YES_NO

_REGISTRATIONS = "marts.fct_auditor_registration"

_HORIZON = (
    "(select cast(value as integer) from seeds.parameter, marts.dim_run where name = 'qualification_horizon_days'"
    " and effective_from <= as_of order by effective_from desc limit 1)"
)
EXPIRING = f"(is_active_auditor and not has_later and days_left <= {_HORIZON})"
"""Condition on registrations: of an active auditor, without a later one, and within the horizon."""

SECTION = Section(
    slug="capacity-registrations",
    title="注册到期",
    intro="在岗审核员的注册在 180 天内到期而没有后续注册的；到期后即不再计入在岗审核员。",
    blocks=(
        Figure(
            name="expiring_registrations",
            title="将到期的注册",
            source=_REGISTRATIONS,
            unit="项",
            query=f"""
                select body_id, strftime(valid_until, '%Y-%m') as month,
                    count(*) filter (where system = 'ITSMS') as itsms,
                    count(*) filter (where system <> 'ITSMS') as other
                from {_REGISTRATIONS}
                where {EXPIRING}
                group by all
                order by all""",
            drawing=expiring_registrations.DRAWING,
            period="month",
        ),
        Table(
            name="registrations",
            title="人员注册",
            source=_REGISTRATIONS,
            note="先列将到期的。“计入在岗”：在职、注册有效、级别为审核员或高级审核员（条款 3.6）。",
            query=f"""
                select registrations.person_id, persons.employment, system, grade, registration_no,
                    cast(valid_from as varchar) as valid_from,
                    cast(valid_until as varchar) as valid_until,
                    days_left,
                    case when {EXPIRING} then 'yes' else 'no' end as is_expiring,
                    case when is_active_auditor then 'yes' else 'no' end as is_active_auditor,
                    case when is_person_active then 'yes' else 'no' end as is_person_active,
                    strftime(valid_until, '%Y-%m') as month,
                    bodies.name as body_name,
                    registrations.body_id
                from {_REGISTRATIONS} as registrations
                inner join marts.dim_certification_body as bodies using (body_id)
                left join marts.dim_person as persons on registrations.person_id = persons.person_id
                order by is_expiring desc, registrations.valid_until, registrations.person_id, system, registration_no""",
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
