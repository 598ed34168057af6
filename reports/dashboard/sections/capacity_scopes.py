"""Professional auditors of every scope (clause 3.6), and the grants behind the numbers."""

from __future__ import annotations

from reports.columns import Column, Link, RecordLink
from reports.dashboard.blocks import Figure, Section, Table
from reports.figures import scope_capacity
from reports.labels import FINDING_STATE, YES_NO
from reports.reference import SCOPE
from reports.rows import Rows

_SCOPES = "marts.fct_scope_capacity"

SECTION = Section(
    slug="capacity-scopes",
    title="业务范围",
    intro=(
        "每个业务范围专业审核员的最少人数（条款 3.6）。业务范围取有效 ITSMS 证书所涉"
        "和机构获批的；预警指 {parameter:qualification_horizon_days} 天内到期的专业资格不续即不足，规则本身不作此判定。"
    ),
    blocks=(
        Figure(
            name="scope_capacity",
            title="专业审核员最少的业务范围",
            source=_SCOPES,
            unit="人",
            query=Rows(
                _SCOPES,
                order=("body_id", "scope_code"),
                columns=("body_id", "professional_auditors", *scope_capacity.DRAWING.keys),
            ),
            drawing=scope_capacity.DRAWING,
        ),
        Table(
            name="scopes",
            title="业务范围与专业审核员",
            source=_SCOPES,
            query=Rows(
                _SCOPES,
                order=("professional_auditors_lasting", "professional_auditors", "body_id", "scope_code"),
                renamed={"scope_name": "scope_code", "scope_codes": "scope_code"},
            ),
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
            source="marts.fct_auditor_scope",
            note="仅列现在有效的专业审核员资格；“计入”指本人为在岗 ITSMS 审核员。",
            query=Rows(
                "marts.fct_auditor_scope",
                order=("days_left", "person_id", "scope_code"),
                where={"capacity": "auditor", "is_valid": True},
                renamed={"scope_codes": "scope_code"},
            ),
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
