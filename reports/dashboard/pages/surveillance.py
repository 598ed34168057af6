"""Surveillance audits: what is overdue and what is coming, whether it is planned, and to whom it falls."""

from __future__ import annotations

from reports.dashboard.blocks import Figure, Indicator, Page, Section
from reports.dashboard.sections.surveillance_list import SECTION as LIST
from reports.figures import surveillance_by, surveillance_calendar, surveillance_due, surveillance_plan
from reports.labels import PLAN_STATE, SURVEILLANCE_HORIZON

_SOURCE = "marts.fct_surveillance_open"
_IN_FORCE = f"from {_SOURCE} where is_in_force"
_PLANNED = tuple(state for state in PLAN_STATE if state != "none")
_CALENDAR_MONTHS = 12
"""Overdue links whose due day lies further back stand in the words of the calendar, not in its cells."""


def _count(condition: str) -> str:
    return f"select body_id, region_code, scope_codes, count(*) as value {_IN_FORCE} and {condition} group by all"


def _goes(**filters: str) -> str:
    chosen = {"in_force": "yes", **filters}
    return "&".join(["go=surveillance", *(f"surveillance.{key}={value}" for key, value in chosen.items())])


def _by(*keys: str) -> str:
    """Links of certificates in force per horizon, grouped by `keys` and by what the pages filter on."""
    horizons = ", ".join(
        f"count(*) filter (where horizon = '{horizon}') as due_{horizon}" for horizon in SURVEILLANCE_HORIZON
    )
    return f"""
        select links.body_id, region_code, scope_codes, {", ".join(keys)}, {horizons}, count(*) as total
        from {_SOURCE} as links
        inner join marts.dim_certification_body as bodies using (body_id)
        where is_in_force
        group by all
        order by all"""


_INDICATORS = (
    Indicator(
        "surveillance_overdue",
        "监督逾期，证书在册",
        "次",
        "breach",
        _goes(horizon="overdue"),
        _count("is_overdue"),
    ),
    Indicator(
        "surveillance_overdue_unplanned",
        "逾期且未安排",
        "次",
        "breach",
        _goes(horizon="overdue", plan_state="none"),
        _count("is_overdue and plan_state = 'none'"),
    ),
    Indicator(
        "surveillance_due_30",
        "30 天内到期",
        "次",
        "warning",
        _goes(horizon="30"),
        _count("horizon = '30'"),
    ),
    Indicator(
        "surveillance_due_30_unplanned",
        "30 天内到期且未安排",
        "次",
        "breach",
        _goes(horizon="30", plan_state="none"),
        _count("horizon = '30' and plan_state = 'none'"),
    ),
    Indicator(
        "surveillance_planned_late",
        "计划晚于到期日",
        "次",
        "warning",
        _goes(plan_state="late"),
        _count("plan_state = 'late'"),
        "含已逾期的",
    ),
    Indicator(
        "surveillance_without_leader",
        "原组长已不在岗",
        "次",
        "warning",
        _goes(leader_group="inactive"),
        _count("leader_group = 'inactive'"),
        "需另派组长",
    ),
    *(
        Indicator(
            f"surveillance_due_{horizon}",
            f"{label}到期" if "到期" not in label else label,
            "次",
            "plain",
            _goes(horizon=horizon),
            _count(f"horizon = '{horizon}'"),
        )
        for horizon, label in SURVEILLANCE_HORIZON.items()
        if horizon not in ("overdue", "30")
    ),
)

_WHEN = Section(
    slug="surveillance-when",
    title="何时到期",
    intro=(
        "首次监督在发证后 12 个月内，以后每次距上次不超过 12 个月（条款 5.4.1.4）。"
        "列出未做而已逾期的，和 180 天内到期的；在册指证书有效或暂停。"
    ),
    blocks=(
        Figure(
            name="surveillance_plan",
            title="到期与安排",
            source=_SOURCE,
            unit="次（在册证书）",
            query=f"""
                select body_id, region_code, scope_codes, horizon,
                    count(*) filter (where plan_state = 'none' and horizon in {surveillance_plan.URGENT}) as none_urgent,
                    count(*) filter (where plan_state = 'none' and horizon not in {surveillance_plan.URGENT}) as none_later,
                    {", ".join(f"count(*) filter (where plan_state = '{state}') as {state}" for state in _PLANNED)}
                {_IN_FORCE}
                group by all
                order by all""",
            drawing=surveillance_plan.DRAWING,
        ),
        Figure(
            name="surveillance_due",
            title="按到期月份",
            source=_SOURCE,
            unit="次",
            query=f"""
                select body_id, region_code, scope_codes, strftime(due_on, '%Y-%m') as due_month,
                    count(*) filter (where is_overdue and is_in_force) as overdue,
                    count(*) filter (where is_overdue and not is_in_force) as overdue_ended,
                    count(*) filter (where not is_overdue) as coming
                from {_SOURCE}
                group by all
                order by all""",
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
            query=f"""
                with links as (
                    select links.*, due_on < date_trunc('month', as_of) - to_months({_CALENDAR_MONTHS - 1}) as is_older
                    from {_SOURCE} as links, marts.dim_run
                    where is_in_force
                ),

                days as (
                    select body_id, region_code, scope_codes, due_on as day_on,
                        case when not is_overdue then 'due' when is_older then 'older' else 'overdue' end as kind
                    from links
                    union all
                    select body_id, region_code, scope_codes, planned_start, 'planned'
                    from links
                    where planned_start is not null
                )

                select body_id, region_code, scope_codes, kind,
                    case when kind = 'older' then '更早' else cast(day_on as varchar) end as "on",
                    case when kind = 'older' then '更早' else strftime(day_on, '%Y-%m') end as month,
                    case when kind = 'older' then '' else strftime(day_on, '%d') end as day,
                    count(*) as links
                from days
                group by all
                order by all""",
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
            query=_by("bodies.name as body_name"),
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
            query=_by("coalesce(province_code, '未记录') as province_code"),
            drawing=surveillance_by.BY_PROVINCE,
        ),
        Figure(
            name="surveillance_by_leader",
            title="按审核组长",
            source=_SOURCE,
            unit="次（在册证书）",
            query=_by("coalesce(leader_id, '未记录') as leader_id", "leader_group"),
            drawing=surveillance_by.BY_LEADER,
        ),
    ),
)

PAGE = Page(
    "surveillance", "监督审核", indicators=_INDICATORS, sections=(_WHEN, _CALENDAR, _BODIES, _WHERE, LIST)
)
