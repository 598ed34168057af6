"""Lists of 审核员工作量: days that are too full, and everybody."""

from __future__ import annotations

from reports.columns import Column, Link, RecordLink
from reports.dashboard.blocks import Section, Table
from reports.dashboard.sections.workload import LOAD_RANGE
from reports.labels import AUDITOR_GRADE, EMPLOYMENT, FINDING_STATE, YES_NO

_WORKLOAD = "marts.fct_auditor_workload"
_CROSSING = "marts.fct_auditor_crossing"
_OVERLAP = "marts.fct_auditor_overlap"

SECTION = Section(
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
                    {LOAD_RANGE} as load_range,
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
