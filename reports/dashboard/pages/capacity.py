"""Bodies: certificates per auditor against the limit (3.10) over time, what if, people and scopes (3.6), registrations."""

from __future__ import annotations

from reports.columns import Column, Link, RecordLink
from reports.dashboard.blocks import Figure, Indicator, Page, Section, Table
from reports.dashboard.what_if import WhatIf
from reports.figures import (
    body_capacity,
    capacity_over_time,
    expiring_registrations,
    full_time_auditors,
    scope_capacity,
)
from reports.labels import AUDITOR_GRADE, EMPLOYMENT, FINDING_STATE, YES_NO
from reports.reference import SCOPE

_CAPACITY = "marts.fct_body_capacity"
_MONTHLY = "marts.fct_body_capacity_monthly"
_SCOPES = "marts.fct_scope_capacity"
_REGISTRATIONS = "marts.fct_auditor_registration"

_HORIZON = (
    "(select cast(value as integer) from seeds.parameter, marts.dim_run where name = 'qualification_horizon_days'"
    " and effective_from <= as_of order by effective_from desc limit 1)"
)
_EXPIRING = f"(is_active_auditor and not has_later and days_left <= {_HORIZON})"


def _bodies(condition: str) -> str:
    return f"select body_id, count(*) as value from {_CAPACITY} where {condition} group by body_id"


_INDICATORS = (
    Indicator(
        "capacity_over",
        "超过人均证书上限",
        "家",
        "breach",
        "go=bodies",
        _bodies("state_itsms = 'breach' or state_all = 'breach'"),
    ),
    Indicator(
        "capacity_near",
        "接近人均证书上限",
        "家",
        "warning",
        "go=bodies",
        _bodies(
            "'breach' not in (state_itsms, state_all) and (state_itsms = 'warning' or state_all = 'warning')"
        ),
    ),
    Indicator(
        "capacity_room",
        "还可颁发 ITSMS 证书",
        "张",
        "plain",
        "go=bodies",
        "select body_id, cast(greatest(0, floor(least(room_itsms, room_all))) as bigint) as value"
        f" from {_CAPACITY}",
        "各机构余量之和，两项上限取小",
    ),
    Indicator(
        "full_time_short",
        "专职审核员不足",
        "家",
        "breach",
        "go=bodies&bodies.state_full_time=breach",
        _bodies("state_full_time = 'breach'"),
    ),
    Indicator(
        "scopes_short",
        "专业审核员不足的业务范围",
        "项",
        "breach",
        "go=scopes&scopes.state=breach",
        f"select body_id, scope_code as scope_codes, count(*) as value from {_SCOPES}"
        " where state = 'breach' group by all",
    ),
    Indicator(
        "scopes_soon_short",
        "资格到期后将不足的业务范围",
        "项",
        "warning",
        "go=scopes&scopes.state=warning",
        f"select body_id, scope_code as scope_codes, count(*) as value from {_SCOPES}"
        " where state = 'warning' group by all",
    ),
    Indicator(
        "registrations_expiring",
        "注册将到期",
        "项",
        "warning",
        "go=registrations&registrations.is_expiring=yes",
        f"select body_id, count(*) as value from {_REGISTRATIONS} where {_EXPIRING} group by body_id",
        "180 天内，无后续注册",
    ),
)

_TREND = Section(
    slug="capacity-trend",
    title="变化",
    intro=("有效证书（不含子证书）与在岗审核员之比，上限见条款 3.10。过去各月末按同样口径、以现行上限对照。"),
    blocks=(
        Figure(
            name="capacity_over_time",
            title="人均有效证书的变化",
            source=_MONTHLY,
            unit="张/人，月末（最后一点为截至日）",
            query=f"""
                select
                    months.body_id,
                    bodies.name as body_name,
                    cast(day_on as varchar) as day_on,
                    itsms_auditors_full_time,
                    itsms_auditors,
                    valid_itsms,
                    cast(ratio_itsms as double) as ratio_itsms,
                    all_auditors,
                    valid_all,
                    cast(ratio_all as double) as ratio_all,
                    cast(limit_ratio as double) as limit_ratio,
                    cast(warning_ratio as double) as warning_ratio
                from {_MONTHLY} as months
                inner join marts.dim_certification_body as bodies using (body_id)
                order by months.body_id, day_on""",
            drawing=capacity_over_time.DRAWING,
        ),
    ),
)

_NOW = Section(
    slug="capacity-now",
    title="现状",
    intro="人均有效证书（条款 3.10）和专职 ITSMS 审核员（条款 3.6）对照上下限，以及还能颁发多少张证书。",
    blocks=(
        Figure(
            name="body_capacity",
            title="人均有效证书",
            source=_CAPACITY,
            unit="张/人",
            query=f"""
                select
                    body_id,
                    body_name,
                    cast(ratio_itsms as double) as ratio_itsms,
                    state_itsms,
                    cast(ratio_all as double) as ratio_all,
                    state_all,
                    cast(limit_ratio as double) as limit_ratio
                from {_CAPACITY}
                order by body_id""",
            drawing=body_capacity.DRAWING,
        ),
        Figure(
            name="full_time_auditors",
            title="专职 ITSMS 审核员",
            source=_MONTHLY,
            unit="人",
            query=f"""
                select months.body_id, bodies.name as body_name, itsms_auditors_full_time,
                    itsms_auditors - itsms_auditors_full_time as part_time, state_full_time, full_time_min
                from {_MONTHLY} as months
                inner join marts.dim_certification_body as bodies using (body_id)
                inner join marts.dim_run as run on months.day_on = run.as_of
                order by months.body_id""",
            drawing=full_time_auditors.DRAWING,
        ),
        Table(
            name="bodies",
            title="机构能力明细",
            source=f"{_CAPACITY}、{_MONTHLY}",
            query=f"""
                select capacity.*, cast(months.warning_ratio as double) as warning_ratio,
                    months.full_time_min, capacity.itsms_auditors - capacity.itsms_auditors_full_time as part_time
                from {_CAPACITY} as capacity
                inner join marts.dim_run as run on true
                inner join {_MONTHLY} as months
                    on capacity.body_id = months.body_id and months.day_on = run.as_of
                order by capacity.body_id""",
            columns=(
                Column("body_name", "认证机构"),
                Column("state_itsms", "ITSMS", kind="code", labels=FINDING_STATE, filter=True),
                Column("ratio_itsms", "ITSMS 人均", kind="number", unit="张/人"),
                Column(
                    "valid_itsms",
                    "有效 ITSMS 证书",
                    kind="number",
                    unit="张",
                    wide=True,
                    link=Link(
                        "certificates",
                        {"body_id": "body_id"},
                        {"status": "valid", "system": "ITSMS", "is_main": "主证书"},
                    ),
                ),
                Column(
                    "itsms_auditors",
                    "ITSMS 审核员",
                    kind="number",
                    unit="人",
                    wide=True,
                    link=Link(
                        "registrations",
                        {"body_id": "body_id"},
                        {"system": "ITSMS", "is_active_auditor": "yes"},
                    ),
                ),
                Column(
                    "itsms_auditors_full_time",
                    "其中专职",
                    kind="number",
                    unit="人",
                    wide=True,
                    link=Link(
                        "registrations",
                        {"body_id": "body_id"},
                        {"system": "ITSMS", "is_active_auditor": "yes", "employment": "full_time"},
                    ),
                ),
                Column(
                    "state_full_time", "专职人数", kind="code", labels=FINDING_STATE, filter=True, wide=True
                ),
                Column("room_itsms", "ITSMS 余量", kind="number", unit="张"),
                Column("state_all", "全部体系", kind="code", labels=FINDING_STATE, filter=True, wide=True),
                Column("ratio_all", "全部人均", kind="number", unit="张/人", wide=True),
                Column("room_all", "全部余量", kind="number", unit="张", wide=True),
                Column("valid_all", "有效证书", kind="number", unit="张", detail=True),
                Column("all_auditors", "审核员", kind="number", unit="人", detail=True),
                Column(
                    "certificates_per_extra_auditor",
                    "增加一名审核员可多颁发",
                    kind="number",
                    unit="张",
                    detail=True,
                ),
                Column("limit_ratio", "人均上限", kind="number", unit="张/人", detail=True),
                Column("warning_ratio", "人均预警线", kind="number", unit="张/人", detail=True),
                Column("full_time_min", "专职审核员不少于", kind="number", unit="人", detail=True),
                Column("body_id", "机构编号", detail=True),
            ),
        ),
    ),
)

_WHAT_IF = Section(
    slug="capacity-what-if",
    title="假如",
    intro="增减审核员或证书之后会怎样；所填的数字在地址中，可收藏、可发送。",
    blocks=(
        WhatIf(
            name="whatif", title="假如：增加审核员或证书", source=f"{_CAPACITY}、{_MONTHLY}", table="bodies"
        ),
    ),
)

_SCOPE_SECTION = Section(
    slug="capacity-scopes",
    title="业务范围",
    intro=(
        "每个业务范围专业审核员的最少人数（条款 3.6）。业务范围取有效 ITSMS 证书所涉"
        "和机构获批的；预警指 180 天内到期的专业资格不续即不足，规则本身不作此判定。"
    ),
    blocks=(
        Figure(
            name="scope_capacity",
            title="专业审核员最少的业务范围",
            source=_SCOPES,
            unit="人",
            query=f"""
                select scopes.body_id, bodies.name as body_name, scope_code, professional_auditors,
                    professional_auditors_lasting,
                    professional_auditors - professional_auditors_lasting as expiring,
                    state, required_auditors
                from {_SCOPES} as scopes
                inner join marts.dim_certification_body as bodies using (body_id)
                order by scopes.body_id, scope_code""",
            drawing=scope_capacity.DRAWING,
        ),
        Table(
            name="scopes",
            title="业务范围与专业审核员",
            source=_SCOPES,
            query=f"""
                select scope_code, scopes.body_id, bodies.name as body_name, scope_code as scope_codes,
                    scope_code as scope_name, state, professional_auditors, professional_auditors_lasting,
                    required_auditors, valid_certificates,
                    case when is_approved then 'yes' else 'no' end as is_approved,
                    scopes.body_id || '|' || scope_code as subject_id
                from {_SCOPES} as scopes
                inner join marts.dim_certification_body as bodies using (body_id)
                order by professional_auditors_lasting, professional_auditors, scopes.body_id, scope_code""",
            columns=(
                Column("scope_code", "代码"),
                Column("scope_name", "业务范围", kind="code", labels=SCOPE),
                Column("state", "状态", kind="code", labels=FINDING_STATE, filter=True),
                Column(
                    "professional_auditors",
                    "专业审核员",
                    kind="number",
                    unit="人",
                    link=Link("grants", {"scope_code": "scope_code", "body_id": "body_id"}, {"holds": "yes"}),
                ),
                Column("professional_auditors_lasting", "其中资格持续", kind="number", unit="人", wide=True),
                Column("required_auditors", "不少于", kind="number", unit="人", wide=True),
                Column("valid_certificates", "有效证书", kind="number", unit="张", wide=True),
                Column("is_approved", "获批范围", kind="code", labels=YES_NO, filter=True, wide=True),
                Column("body_name", "认证机构", wide=True),
                Column("subject_id", "判定", link=Link("findings", {"q": "subject_id"}), detail=True),
            ),
        ),
        Table(
            name="grants",
            title="专业资格",
            source="marts.fct_auditor_scope、dim_person、fct_auditor_registration",
            note="仅列现在有效的专业审核员资格；“计入”指本人为在岗 ITSMS 审核员。",
            query=f"""
                with active as (
                    select distinct person_id
                    from {_REGISTRATIONS}
                    where is_active_auditor and system = 'ITSMS'
                )

                select grants.person_id, grants.scope_code, grants.scope_code as scope_codes,
                    grants.body_id, bodies.name as body_name,
                    cast(granted_on as varchar) as granted_on, cast(expires_on as varchar) as expires_on,
                    days_left, case when active.person_id is not null then 'yes' else 'no' end as holds
                from marts.fct_auditor_scope as grants
                inner join marts.dim_certification_body as bodies using (body_id)
                left join active on grants.person_id = active.person_id
                where grants.capacity = 'auditor' and grants.is_valid
                order by days_left nulls last, grants.person_id, grants.scope_code""",
            columns=(
                Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
                Column("scope_code", "业务范围", kind="code", labels=SCOPE),
                Column("holds", "计入", kind="code", labels=YES_NO, filter=True),
                Column("granted_on", "评定", kind="date", wide=True),
                Column("expires_on", "有效期至", kind="date"),
                Column("days_left", "剩余", kind="number", unit="天", wide=True),
                Column("body_name", "认证机构", wide=True),
            ),
        ),
    ),
)

_EXPIRY = Section(
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
                where {_EXPIRING}
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
                    case when {_EXPIRING} then 'yes' else 'no' end as is_expiring,
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

PAGE = Page(
    "capacity", "机构能力", indicators=_INDICATORS, sections=(_TREND, _NOW, _WHAT_IF, _SCOPE_SECTION, _EXPIRY)
)
