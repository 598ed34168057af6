"""Bodies: certificates per auditor against the limit (3.10) over time, what if, people and scopes (3.6), registrations."""

from __future__ import annotations

from reports.dashboard.blocks import Indicator, Page
from reports.dashboard.sections.body_documents import SECTION as DOCUMENTS
from reports.dashboard.sections.capacity_ratio import NOW, TREND, WHAT_IF
from reports.dashboard.sections.capacity_scopes import SECTION as SCOPES
from reports.dashboard.sections.registrations import SECTION as REGISTRATIONS

_INDICATORS = (
    Indicator(
        "capacity_over",
        "超过人均证书上限",
        "家",
        "breach",
        "go=bodies",
        "ratio_breach",
    ),
    Indicator(
        "capacity_near",
        "接近人均证书上限",
        "家",
        "warning",
        "go=bodies",
        "ratio_warning",
    ),
    Indicator(
        "capacity_room",
        "还可颁发 ITSMS 证书",
        "张",
        "plain",
        "go=bodies",
        "certificate_room",
        note="各机构余量之和，两项上限取小",
    ),
    Indicator(
        "full_time_short",
        "专职审核员不足",
        "家",
        "breach",
        "go=bodies&bodies.state_full_time=breach",
        "full_time_breach",
    ),
    Indicator(
        "scopes_short",
        "专业审核员不足的业务范围",
        "项",
        "breach",
        "go=scopes&scopes.state=breach",
        "scopes_breach",
        ("body_id", "scope_codes"),
    ),
    Indicator(
        "scopes_soon_short",
        "资格到期后将不足的业务范围",
        "项",
        "warning",
        "go=scopes&scopes.state=warning",
        "scopes_warning",
        ("body_id", "scope_codes"),
    ),
    Indicator(
        "registrations_expiring",
        "注册将到期",
        "项",
        "warning",
        "go=registrations&registrations.is_expiring=yes",
        "registrations_expiring",
        note="{parameter:qualification_horizon_days} 天内，无后续注册",
    ),
)

PAGE = Page(
    "capacity",
    "机构能力",
    indicators=_INDICATORS,
    sections=(TREND, NOW, WHAT_IF, SCOPES, REGISTRATIONS, DOCUMENTS),
)
