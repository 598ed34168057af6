"""Auditors against the yearly limit of days on site (clause 3.9): used, planned, who passes it when, overlaps."""

from __future__ import annotations

from reports.columns import Column, Link, RecordLink
from reports.dashboard.blocks import Figure, Indicator, Page, Section, Table
from reports.figures import (
    auditor_crossings,
    auditor_distribution,
    auditor_months,
    auditor_workload,
    auditor_year,
)
from reports.labels import AUDITOR_GRADE, CROSSING_LEVEL, EMPLOYMENT, FINDING_STATE, YES_NO

_WORKLOAD = "marts.fct_auditor_workload"
_CROSSING = "marts.fct_auditor_crossing"
_OVERLAP = "marts.fct_auditor_overlap"
_RANGE, _OPEN_END = auditor_distribution.RANGE, auditor_distribution.OPEN_END

_LOAD_RANGE = f"""case
                when rolling_max_days = 0 then '0'
                when rolling_max_days > {_OPEN_END} then '>{_OPEN_END}'
                else cast((ceil(rolling_max_days / {_RANGE}) - 1) * {_RANGE} as integer)
                    || '–' || cast(ceil(rolling_max_days / {_RANGE}) * {_RANGE} as integer)
            end"""


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

_LIMIT = Section(
    slug="auditors-limit",
    title="对照上限",
    intro=(
        "每人任意连续 365 天的现场审核天数，对照条款 3.9 的上限；预测把已计划的审核计算在内。"
        "只有组长和组员的现场人日计入。右图为本自然年的进度，供参照。"
    ),
    blocks=(
        Figure(
            name="auditor_workload",
            title="现场审核天数最多的审核员",
            source=_WORKLOAD,
            unit="天（任意连续 365 天）",
            query=f"""
                select
                    body_id,
                    person_id,
                    state,
                    cast(rolling_max_days as double) as rolling_max_days,
                    cast(forecast_max_days as double) as forecast_max_days,
                    cast(warning_days as double) as warning_days,
                    cast(limit_days as double) as limit_days
                from {_WORKLOAD}
                order by person_id""",
            drawing=auditor_workload.DRAWING,
        ),
        Figure(
            name="auditor_year",
            title="本自然年：已完成与已计划",
            source=_WORKLOAD,
            unit="天（自然年）",
            query=f"""
                select body_id, person_id,
                    cast(calendar_year_days as double) as done_days,
                    cast(forecast_year_end_days - calendar_year_days as double) as planned_days,
                    cast(forecast_year_end_days as double) as year_end_days,
                    cast(limit_days as double) as limit_days
                from {_WORKLOAD}
                order by person_id""",
            drawing=auditor_year.DRAWING,
        ),
    ),
)

_WHEN = Section(
    slug="auditors-when",
    title="何时越过",
    intro="连续 365 天的合计越过预警线和上限的日期：近一年已发生的，和按现有计划将发生的。",
    blocks=(
        Figure(
            name="auditor_crossings",
            title="谁在何时越过",
            source=_CROSSING,
            unit="日期",
            query=f"""
                select
                    body_id,
                    person_id,
                    level,
                    cast(crossed_on as varchar) as crossed_on,
                    case when is_forecast then 'yes' else 'no' end as is_forecast,
                    cast(window_days as double) as window_days,
                    cast(run.as_of as varchar) as as_of
                from {_CROSSING}
                cross join marts.dim_run as run
                order by person_id, level, crossed_on""",
            drawing=auditor_crossings.DRAWING,
        ),
        Table(
            name="crossings",
            title="越过预警线和上限的日期",
            source=_CROSSING,
            note=(
                "当日为止连续 365 天的合计首次高于界限的那一天：近一年已发生的，和按现有计划将发生的。"
                "回落后再次越过的另列一行。先列将发生的。"
            ),
            empty="近一年没有人越过，按现有计划也没有。",
            query=f"""
                select
                    person_id,
                    level,
                    cast(crossed_on as varchar) as crossed_on,
                    window_days,
                    level_days,
                    case when is_forecast then 'yes' else 'no' end as is_forecast,
                    case when is_earlier then 'yes' else 'no' end as is_earlier,
                    bodies.name as body_name,
                    crossings.body_id
                from {_CROSSING} as crossings
                inner join marts.dim_certification_body as bodies using (body_id)
                order by crossings.is_forecast desc, crossed_on, person_id, level""",
            period="crossed_on",
            columns=(
                Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
                Column("level", "越过", kind="code", labels=CROSSING_LEVEL, filter=True),
                Column("crossed_on", "日期", kind="date"),
                Column("is_forecast", "预计", kind="code", labels=YES_NO, filter=True),
                Column("window_days", "当日合计", kind="number", unit="天"),
                Column("level_days", "界限", kind="number", unit="天", wide=True),
                Column("is_earlier", "此前已高于", kind="code", labels=YES_NO, wide=True),
                Column("body_name", "认证机构", wide=True),
            ),
        ),
    ),
)

_SPREAD = Section(
    slug="auditors-spread",
    title="分布",
    intro="负荷在人员之间的分布，以及每月的现场人日。",
    blocks=(
        Figure(
            name="auditor_distribution",
            title="人员按负荷分布",
            source=_WORKLOAD,
            unit="人",
            query=f"""
                select body_id, {_LOAD_RANGE} as load_range,
                    count(*) filter (where state = 'pass') as pass,
                    count(*) filter (where state = 'warning') as warning,
                    count(*) filter (where state = 'breach') as breach
                from {_WORKLOAD}
                group by all
                order by all""",
            drawing=auditor_distribution.DRAWING,
        ),
        Figure(
            name="auditor_months",
            title="每月现场人日",
            source="marts.fct_auditor_workload_path",
            unit="人日",
            query="""
                select body_id, strftime(month, '%Y-%m') as month,
                    cast(sum(done_days) as double) as done_days,
                    cast(sum(planned_days) as double) as planned_days
                from marts.fct_auditor_workload_path
                group by all
                order by all""",
            drawing=auditor_months.DRAWING,
            period="month",
        ),
    ),
)

_LISTS = Section(
    slug="auditors-lists",
    title="清单",
    intro="一日超过 1 个现场人日的重叠，以及全部人员。",
    blocks=(
        Table(
            name="overlaps",
            title="同一日的重叠",
            source=_OVERLAP,
            note="已完成和已计划的审核合计超过一日上限的人和日（条款 3.9）；计划中的还可以调整。",
            empty="没有重叠。",
            query=f"""
                select
                    person_id,
                    cast(day_on as varchar) as day_on,
                    case when is_planned then 'yes' else 'no' end as is_planned,
                    load_days,
                    limit_days,
                    audit_count,
                    replace(audit_ids, ';', '；') as audit_ids,
                    person_id || '|' || cast(day_on as varchar) as subject_id,
                    bodies.name as body_name,
                    person_days.body_id
                from {_OVERLAP} as person_days
                inner join marts.dim_certification_body as bodies using (body_id)
                order by person_days.is_planned desc, person_days.day_on desc, person_id""",
            period="day_on",
            columns=(
                Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
                Column("day_on", "日期", kind="date"),
                Column("is_planned", "含计划", kind="code", labels=YES_NO, filter=True),
                Column(
                    "load_days",
                    "当日现场",
                    kind="number",
                    unit="人日",
                    link=Link("findings", {"q": "subject_id"}),
                ),
                Column("limit_days", "上限", kind="number", unit="人日", wide=True),
                Column("audit_count", "审核", kind="number", unit="次", wide=True),
                Column("audit_ids", "审核编号"),
                Column("body_name", "认证机构", wide=True),
            ),
        ),
        Table(
            name="auditors",
            title="全部人员",
            source=f"{_WORKLOAD}、dim_person、fct_auditor_crossing",
            query=f"""
                with crossings as (
                    select
                        person_id,
                        min(crossed_on) filter (where level = 'limit' and is_forecast) as limit_on,
                        min(crossed_on) filter (where level = 'warning' and is_forecast) as warning_on
                    from {_CROSSING}
                    group by person_id
                )

                select
                    workload.person_id,
                    workload.employment,
                    persons.itsms_grade,
                    case when persons.is_active then 'yes' else 'no' end as is_active,
                    workload.state,
                    workload.rolling_max_days,
                    cast(workload.rolling_max_end_on as varchar) as rolling_max_end_on,
                    workload.current_window_days,
                    workload.calendar_year_days,
                    workload.planned_days,
                    workload.forecast_max_days,
                    workload.forecast_year_end_days,
                    workload.limit_days,
                    workload.room_days,
                    cast(crossings.limit_on as varchar) as limit_on,
                    cast(crossings.warning_on as varchar) as warning_on,
                    {_LOAD_RANGE} as load_range,
                    bodies.name as body_name,
                    workload.body_id
                from {_WORKLOAD} as workload
                left join marts.dim_person as persons on workload.person_id = persons.person_id
                left join crossings on workload.person_id = crossings.person_id
                left join marts.dim_certification_body as bodies on workload.body_id = bodies.body_id
                order by workload.rolling_max_days desc nulls last, workload.person_id""",
            columns=(
                Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
                Column("state", "状态", kind="code", labels=FINDING_STATE, filter=True),
                Column("rolling_max_days", "滚动最大", kind="number", unit="天"),
                Column("room_days", "余量", kind="number", unit="天"),
                Column("current_window_days", "近 365 天", kind="number", unit="天", wide=True),
                Column("calendar_year_days", "本年", kind="number", unit="天", wide=True),
                Column("planned_days", "已计划", kind="number", unit="天", wide=True),
                Column("forecast_max_days", "预测最大", kind="number", unit="天", wide=True),
                Column("forecast_year_end_days", "预测年末", kind="number", unit="天", wide=True),
                Column("limit_on", "将超上限", kind="date", wide=True),
                Column("employment", "聘用", kind="code", labels=EMPLOYMENT, filter=True, wide=True),
                Column("is_active", "在职", kind="code", labels=YES_NO, filter=True, wide=True),
                Column(
                    "itsms_grade", "ITSMS 级别", kind="code", labels=AUDITOR_GRADE, filter=True, detail=True
                ),
                Column("load_range", "负荷区间", detail=True),
                Column("warning_on", "将越预警线", kind="date", detail=True),
                Column("rolling_max_end_on", "最大窗口止于", kind="date", detail=True),
                Column("limit_days", "上限", kind="number", unit="天", detail=True),
                Column("body_name", "认证机构", detail=True),
            ),
        ),
    ),
)

PAGE = Page("auditors", "审核员工作量", indicators=_INDICATORS, sections=(_LIMIT, _WHEN, _SPREAD, _LISTS))
