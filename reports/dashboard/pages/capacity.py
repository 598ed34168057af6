"""Bodies: certificates per auditor against the limit (3.10) over time, what if, people and scopes (3.6), registrations."""

from __future__ import annotations

from reports.dashboard.blocks import Indicator, Page
from reports.dashboard.sections.capacity_ratio import NOW, TREND, WHAT_IF
from reports.dashboard.sections.capacity_scopes import SECTION as SCOPES
from reports.dashboard.sections.registrations import EXPIRING
from reports.dashboard.sections.registrations import SECTION as REGISTRATIONS

_CAPACITY = "marts.fct_body_capacity"
_SCOPES = "marts.fct_scope_capacity"
_REGISTRATIONS = "marts.fct_auditor_registration"


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
        f"select body_id, count(*) as value from {_REGISTRATIONS} where {EXPIRING} group by body_id",
        "180 天内，无后续注册",
    ),
)

PAGE = Page(
    "capacity", "机构能力", indicators=_INDICATORS, sections=(TREND, NOW, WHAT_IF, SCOPES, REGISTRATIONS)
)
