"""Auditors against the yearly limit of days on site (clause 3.9): used, planned, who passes it when, overlaps."""

from __future__ import annotations

from reports.dashboard.blocks import Indicator, Page
from reports.dashboard.sections.auditor_lists import SECTION as LISTS
from reports.dashboard.sections.workload import LIMIT, SPREAD, WHEN

_WORKLOAD = "marts.fct_auditor_workload"
_CROSSING = "marts.fct_auditor_crossing"
_OVERLAP = "marts.fct_auditor_overlap"


def _state(state: str) -> str:
    return f"select body_id, count(*) as value from {_WORKLOAD} where state = '{state}' group by body_id"


def _crossing(condition: str) -> str:
    return (
        f"select body_id, count(distinct person_id) as value from {_CROSSING}"
        f" where {condition} group by body_id"
    )


_INDICATORS = (
    Indicator(
        "auditors_over",
        "超过上限",
        "人",
        "breach",
        "go=auditors&auditors.state=breach",
        _state("breach"),
        "近一年任意连续 365 天",
    ),
    Indicator(
        "auditors_near",
        "接近上限",
        "人",
        "warning",
        "go=auditors&auditors.state=warning",
        _state("warning"),
    ),
    Indicator(
        "auditors_will_cross",
        "按计划将超过上限",
        "人",
        "breach",
        "go=crossings&crossings.level=limit&crossings.is_forecast=yes",
        _crossing("level = 'limit' and is_forecast"),
    ),
    Indicator(
        "auditors_will_near",
        "按计划将越过预警线",
        "人",
        "warning",
        "go=crossings&crossings.level=warning&crossings.is_forecast=yes",
        _crossing("level = 'warning' and is_forecast"),
    ),
    Indicator(
        "overlaps_planned",
        "计划中的重叠",
        "人·日",
        "breach",
        "go=overlaps&overlaps.is_planned=yes",
        f"select body_id, count(*) as value from {_OVERLAP} where is_planned group by body_id",
        "还来得及调整",
    ),
    Indicator(
        "overlaps_done",
        "已发生的重叠",
        "人·日",
        "warning",
        "go=overlaps&overlaps.is_planned=no",
        f"select body_id, count(*) as value from {_OVERLAP} where not is_planned group by body_id",
    ),
)

PAGE = Page("auditors", "审核员工作量", indicators=_INDICATORS, sections=(LIMIT, WHEN, SPREAD, LISTS))
