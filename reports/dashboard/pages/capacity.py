"""Bodies: certificates per auditor against the limit (clause 3.10), full-time auditors (3.6), room left."""

from __future__ import annotations

from reports.columns import Column
from reports.dashboard.blocks import Figure, Page, Section, Table
from reports.figures.body_capacity import DRAWING
from reports.labels import FINDING_STATE

_SECTION = Section(
    slug="bodies-section",
    title="机构能力",
    intro="有效证书与在岗审核员之比（条款 3.10）、专职 ITSMS 审核员（条款 3.6），以及还能颁发多少张证书。",
    blocks=(
        Figure(
            name="body_capacity",
            title="人均有效证书",
            source="marts.fct_body_capacity",
            unit="张/人",
            query="""
                select
                    body_id,
                    body_name,
                    cast(ratio_itsms as double) as ratio_itsms,
                    state_itsms,
                    cast(ratio_all as double) as ratio_all,
                    state_all,
                    cast(limit_ratio as double) as limit_ratio
                from marts.fct_body_capacity
                order by body_id""",
            drawing=DRAWING,
        ),
        Table(
            name="bodies",
            title="机构能力明细",
            source="marts.fct_body_capacity",
            query="select * from marts.fct_body_capacity order by body_id",
            columns=(
                Column("body_name", "认证机构"),
                Column("state_itsms", "ITSMS", kind="code", labels=FINDING_STATE, filter=True),
                Column("ratio_itsms", "ITSMS 人均", kind="number", unit="张/人"),
                Column("valid_itsms", "有效 ITSMS 证书", kind="number", unit="张", wide=True),
                Column("itsms_auditors", "ITSMS 审核员", kind="number", unit="人", wide=True),
                Column("itsms_auditors_full_time", "其中专职", kind="number", unit="人", wide=True),
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
                Column("body_id", "机构编号", detail=True),
            ),
        ),
    ),
)

PAGE = Page(slug="capacity", title="机构能力", sections=(_SECTION,))
