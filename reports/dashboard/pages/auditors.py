"""Auditors against the yearly limit of days on site (clause 3.9): used, planned, who passes it when, overlaps."""

from __future__ import annotations

from reports.dashboard.blocks import Indicator, Page
from reports.dashboard.sections.auditor_lists import SECTION as LISTS
from reports.dashboard.sections.workload import LIMIT, SPREAD, WHEN

_INDICATORS = (
    Indicator(
        "auditors_over",
        "超过上限",
        "人",
        "breach",
        "go=auditors&auditors.state=breach",
        "workload_breach",
        note="任意连续 {parameter:cycle_year_days} 天",
    ),
    Indicator(
        "auditors_near",
        "接近上限",
        "人",
        "warning",
        "go=auditors&auditors.state=warning",
        "workload_warning",
    ),
    Indicator(
        "auditors_will_cross",
        "按计划将超过上限",
        "人",
        "breach",
        "go=crossings&crossings.level=limit&crossings.is_forecast=yes",
        "crossings_limit",
    ),
    Indicator(
        "auditors_will_near",
        "按计划将越过预警线",
        "人",
        "warning",
        "go=crossings&crossings.level=warning&crossings.is_forecast=yes",
        "crossings_warning",
    ),
    Indicator(
        "overlaps_planned",
        "计划中的重叠",
        "人·日",
        "breach",
        "go=overlaps&overlaps.is_planned=yes",
        "overlaps_planned",
        note="还来得及调整",
    ),
    Indicator(
        "overlaps_done",
        "已发生的重叠",
        "人·日",
        "warning",
        "go=overlaps&overlaps.is_planned=no",
        "overlaps_done",
    ),
)

PAGE = Page("auditors", "审核员工作量", indicators=_INDICATORS, sections=(LIMIT, WHEN, SPREAD, LISTS))
