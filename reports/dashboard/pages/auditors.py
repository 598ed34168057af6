"""Auditors against the yearly limit of on-site days (clause 3.9). People appear by their number only."""

from __future__ import annotations

from reports.columns import Column, Link
from reports.dashboard.blocks import Figure, Page, Section, Table
from reports.figures.auditor_workload import DRAWING
from reports.labels import EMPLOYMENT, FINDING_STATE

_SECTION = Section(
    slug="auditors-section",
    title="审核员工作量",
    intro="每人任意连续 365 天的现场审核天数，对照条款 3.9 的上限；预测把已计划的审核计算在内。",
    blocks=(
        Figure(
            name="auditor_workload",
            title="现场审核天数最多的审核员",
            source="marts.fct_auditor_workload",
            unit="天（任意连续 365 天）",
            query="""
                select
                    body_id,
                    person_id,
                    state,
                    cast(rolling_max_days as double) as rolling_max_days,
                    cast(forecast_max_days as double) as forecast_max_days,
                    cast(warning_days as double) as warning_days,
                    cast(limit_days as double) as limit_days
                from marts.fct_auditor_workload
                order by person_id""",
            drawing=DRAWING,
        ),
        Table(
            name="auditors",
            title="全部人员",
            source="marts.fct_auditor_workload",
            query="""
                select
                    workload.person_id,
                    workload.employment,
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
                    bodies.name as body_name,
                    workload.body_id
                from marts.fct_auditor_workload as workload
                left join marts.dim_certification_body as bodies on workload.body_id = bodies.body_id
                order by workload.rolling_max_days desc nulls last, workload.person_id""",
            columns=(
                Column("person_id", "人员编号", link=Link("findings", {"q": "person_id"})),
                Column("state", "状态", kind="code", labels=FINDING_STATE, filter=True),
                Column("rolling_max_days", "滚动最大", kind="number", unit="天"),
                Column("room_days", "余量", kind="number", unit="天"),
                Column("current_window_days", "近 365 天", kind="number", unit="天", wide=True),
                Column("calendar_year_days", "本年", kind="number", unit="天", wide=True),
                Column("planned_days", "已计划", kind="number", unit="天", wide=True),
                Column("forecast_max_days", "预测最大", kind="number", unit="天", wide=True),
                Column("forecast_year_end_days", "预测年末", kind="number", unit="天", wide=True),
                Column("employment", "聘用", kind="code", labels=EMPLOYMENT, filter=True, wide=True),
                Column("body_name", "认证机构", wide=True),
                Column("rolling_max_end_on", "最大窗口止于", kind="date", detail=True),
                Column("limit_days", "上限", kind="number", unit="天", detail=True),
            ),
        ),
    ),
)

PAGE = Page(slug="auditors", title="审核员工作量", sections=(_SECTION,))
