"""Surveillance audits: what is overdue and what is coming, whether it is planned, and to whom it falls."""

from __future__ import annotations

from dataclasses import replace

from reports.dashboard.blocks import Figure, Indicator, Page, Section
from reports.dashboard.sections.surveillance_list import SECTION as LIST
from reports.figures import surveillance_by, surveillance_calendar, surveillance_due, surveillance_plan
from reports.labels import SURVEILLANCE_HORIZON
from reports.rows import Rows

_SOURCE = "marts.fct_surveillance_open"
_IN_FORCE = Rows(_SOURCE, where={"is_in_force": True})
_BY_CLIENT = ("body_id", "region_code", "scope_codes")
_BY = replace(
    _IN_FORCE,
    ones={**{f"due_{horizon}": ("horizon", horizon) for horizon in SURVEILLANCE_HORIZON}, "total": None},
)


def _goes(**filters: str) -> str:
    chosen = {"in_force": "yes", **filters}
    return "&".join(["go=surveillance", *(f"surveillance.{key}={value}" for key, value in chosen.items())])


_INDICATORS = (
    Indicator(
        "surveillance_overdue",
        "监督逾期，证书在册",
        "次",
        "breach",
        _goes(horizon="overdue"),
        "surveillance_overdue",
        _BY_CLIENT,
    ),
    Indicator(
        "surveillance_overdue_unplanned",
        "逾期且未安排",
        "次",
        "breach",
        _goes(horizon="overdue", plan_state="none"),
        "surveillance_overdue_unplanned",
        _BY_CLIENT,
    ),
    Indicator(
        "surveillance_due_near",
        "{parameter:surveillance_near_days} 天内到期",
        "次",
        "warning",
        _goes(horizon="near"),
        "surveillance_due_near",
        _BY_CLIENT,
    ),
    Indicator(
        "surveillance_due_near_unplanned",
        "{parameter:surveillance_near_days} 天内到期且未安排",
        "次",
        "breach",
        _goes(horizon="near", plan_state="none"),
        "surveillance_unplanned_near",
        _BY_CLIENT,
    ),
    Indicator(
        "surveillance_planned_late",
        "计划晚于到期日",
        "次",
        "warning",
        _goes(plan_state="late"),
        "surveillance_planned_late",
        _BY_CLIENT,
        "含已逾期的",
    ),
    Indicator(
        "surveillance_without_leader",
        "原组长已不在岗",
        "次",
        "warning",
        _goes(leader_group="inactive"),
        "surveillance_without_leader",
        _BY_CLIENT,
        "需另派组长",
    ),
    *(
        Indicator(
            f"surveillance_due_{horizon}",
            f"{label}到期" if "到期" not in label else label,
            "次",
            "plain",
            _goes(horizon=horizon),
            f"surveillance_due_{horizon}",
            _BY_CLIENT,
        )
        for horizon, label in SURVEILLANCE_HORIZON.items()
        if horizon not in ("overdue", "near")
    ),
)

_WHEN = Section(
    slug="surveillance-when",
    title="何时到期",
    intro=(
        "首次监督在发证后 {parameter:surveillance_interval_months} 个月内，"
        "以后每次距上次不超过 {parameter:surveillance_interval_months} 个月（条款 5.4.1.4）。"
        "列出未做而已逾期的，和 {parameter:surveillance_far_days} 天内到期的；在册指证书有效或暂停。"
    ),
    blocks=(
        Figure(
            name="surveillance_plan",
            title="到期与安排",
            source=_SOURCE,
            unit="次（在册证书）",
            query=replace(_IN_FORCE, ones={key: ("plan_look", key) for key in surveillance_plan.LOOKS}),
            drawing=surveillance_plan.DRAWING,
        ),
        Figure(
            name="surveillance_due",
            title="按到期月份",
            source=_SOURCE,
            unit="次",
            query=Rows(
                _SOURCE,
                ones={key: ("due_look", key) for key in ("overdue", "overdue_ended", "coming")},
            ),
            drawing=surveillance_due.DRAWING,
            period="due_month",
        ),
    ),
)

_CALENDAR = Section(
    slug="surveillance-days",
    title="日历",
    intro="每一天到期的和计划开始的监督审核；点一格看当天的清单。",
    blocks=(
        Figure(
            name="surveillance_calendar",
            title="监督审核日历",
            source=_SOURCE,
            unit="次（在册证书）",
            query=Rows("pages.page_surveillance__day", renamed={"on": "on_day", "day": "day_no"}),
            drawing=surveillance_calendar.DRAWING,
        ),
    ),
)

_BODIES = Section(
    slug="surveillance-bodies",
    title="各机构",
    intro="每家认证机构待做的监督审核。",
    blocks=(
        Figure(
            name="surveillance_by_body",
            title="按认证机构",
            source=_SOURCE,
            unit="次（在册证书）",
            query=_BY,
            drawing=surveillance_by.BY_BODY,
        ),
    ),
)

_WHERE = Section(
    slug="surveillance-where",
    title="地区与组长",
    intro=(
        "按获证组织所在地区和审核组长。组长取已安排审核的组长；未安排的，取该证书最近一次已完成审核的组长，"
        "即最可能再去的人。组长已不在岗的，需另派。"
    ),
    blocks=(
        Figure(
            name="surveillance_by_province",
            title="按地区",
            source=_SOURCE,
            unit="次（在册证书）",
            query=_BY,
            drawing=surveillance_by.BY_PROVINCE,
        ),
        Figure(
            name="surveillance_by_leader",
            title="按审核组长",
            source=_SOURCE,
            unit="次（在册证书）",
            query=_BY,
            drawing=surveillance_by.BY_LEADER,
        ),
    ),
)

PAGE = Page(
    "surveillance", "监督审核", indicators=_INDICATORS, sections=(_WHEN, _CALENDAR, _BODIES, _WHERE, LIST)
)
