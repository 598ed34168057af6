"""Professional auditors of every scope (clause 3.6), and the grants behind the numbers."""

from __future__ import annotations

from reports.columns import Column, Link, RecordLink
from reports.dashboard.blocks import Figure, Section, Table
from reports.figures import scope_capacity
from reports.labels import FINDING_STATE, YES_NO
from reports.reference import SCOPE

_SCOPES = "marts.fct_scope_capacity"
_REGISTRATIONS = "marts.fct_auditor_registration"

SECTION = Section(
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
