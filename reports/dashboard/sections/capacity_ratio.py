"""Certificates per auditor (clause 3.10): over time, today, and what if; full-time auditors (3.6) beside it."""

from __future__ import annotations

from reports.columns import Column, Link
from reports.dashboard.blocks import Figure, Section, Table
from reports.dashboard.what_if import WhatIf
from reports.figures import body_capacity, capacity_over_time, full_time_auditors
from reports.labels import FINDING_STATE
from reports.rows import Rows

_CAPACITY = "marts.fct_body_capacity"
_MONTHLY = "marts.fct_body_capacity_monthly"

TREND = Section(
    slug="capacity-trend",
    title="变化",
    intro=("有效证书（不含子证书）与在岗审核员之比，上限见条款 3.10。过去各月末按同样口径、以现行上限对照。"),
    blocks=(
        Figure(
            name="capacity_over_time",
            title="人均有效证书的变化",
            source=_MONTHLY,
            unit="张/人，月末（最后一点为截至日）",
            query=Rows(
                _MONTHLY,
                order=("body_id", "day_on"),
                columns=("body_id", *capacity_over_time.DRAWING.keys),
            ),
            drawing=capacity_over_time.DRAWING,
        ),
    ),
)

NOW = Section(
    slug="capacity-now",
    title="现状",
    intro="人均有效证书（条款 3.10）和专职 ITSMS 审核员（条款 3.6）对照上下限，以及还能颁发多少张证书。",
    blocks=(
        Figure(
            name="body_capacity",
            title="人均有效证书",
            source=_CAPACITY,
            unit="张/人",
            query=Rows(_CAPACITY, order=("body_id",), columns=("body_id", *body_capacity.DRAWING.keys)),
            drawing=body_capacity.DRAWING,
        ),
        Figure(
            name="full_time_auditors",
            title="专职 ITSMS 审核员",
            source=_CAPACITY,
            unit="人",
            query=Rows(_CAPACITY, order=("body_id",), columns=("body_id", *full_time_auditors.DRAWING.keys)),
            drawing=full_time_auditors.DRAWING,
        ),
        Table(
            name="bodies",
            title="机构能力明细",
            source=_CAPACITY,
            query=Rows(_CAPACITY, order=("body_id",)),
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
                        {"status": "valid", "system": "ITSMS", "is_main": "yes"},
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

WHAT_IF = Section(
    slug="capacity-what-if",
    title="假如",
    intro="增减审核员或证书之后会怎样；所填的数字在地址中，可收藏、可发送。",
    blocks=(WhatIf(name="whatif", title="假如：增加审核员或证书", source=_CAPACITY, table="bodies"),),
)
