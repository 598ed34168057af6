"""Obligations to report to the authority (clause 9): what is overdue, what is open, what came late."""

from __future__ import annotations

from reports.columns import Column
from reports.dashboard.blocks import Figure, Page, Section, Table
from reports.figures.submission_deadlines import DRAWING
from reports.labels import DEADLINE_KIND, DEADLINE_PROGRESS, FINDING_STATE, SUBJECT_TYPE

_DEADLINES = """
    select
        *,
        case
            when state = 'undetermined' then 'undetermined'
            when done_on is not null then case when done_on > due_on then 'late' else 'on_time' end
            when state = 'breach' then 'overdue'
            else 'open'
        end as progress
    from marts.fct_submission_deadline"""

_SECTION = Section(
    slug="submissions-section",
    title="上报期限",
    intro="向国家认监委上报的审核计划、认证结果、状态变化和定期报告（条款 9）。只有被接收的上报才算完成。",
    blocks=(
        Figure(
            name="submission_deadlines",
            title="上报完成情况",
            source="marts.fct_submission_deadline",
            unit="项；条内数字为项数，长度为占比",
            query=f"""
                select body_id, kind, progress, count(*) as deadlines
                from ({_DEADLINES})
                group by all
                order by all""",
            drawing=DRAWING,
        ),
        Table(
            name="deadlines",
            title="未按期完成与待完成的上报",
            source="marts.fct_submission_deadline",
            note="按期已报的不在此列。",
            empty="全部按期上报，没有待报。",
            query=f"""
                select
                    deadlines.progress,
                    deadlines.kind,
                    cast(deadlines.due_on as varchar) as due_on,
                    cast(deadlines.done_on as varchar) as done_on,
                    deadlines.days_left,
                    deadlines.period,
                    deadlines.subject_type,
                    deadlines.subject_id,
                    deadlines.state,
                    bodies.name as body_name,
                    deadlines.body_id
                from ({_DEADLINES}) as deadlines
                left join marts.dim_certification_body as bodies on deadlines.body_id = bodies.body_id
                where deadlines.progress <> 'on_time'
                order by
                    case deadlines.progress
                        when 'overdue' then 1
                        when 'open' then 2
                        when 'undetermined' then 3
                        else 4
                    end,
                    deadlines.due_on,
                    deadlines.kind,
                    deadlines.subject_id,
                    deadlines.period""",
            columns=(
                Column("progress", "情况", kind="code", labels=DEADLINE_PROGRESS, filter=True),
                Column("kind", "事项", kind="code", labels=DEADLINE_KIND, filter=True),
                Column("due_on", "期限", kind="date"),
                Column("days_left", "剩余", kind="number", unit="天"),
                Column("done_on", "完成日", kind="date", wide=True),
                Column("subject_type", "对象", kind="code", labels=SUBJECT_TYPE, wide=True),
                Column("subject_id", "对象编号", wide=True),
                Column("period", "期间", wide=True),
                Column("body_name", "认证机构", wide=True),
                Column("state", "判定", kind="code", labels=FINDING_STATE, detail=True),
            ),
        ),
    ),
)

PAGE = Page(slug="submissions", title="上报", sections=(_SECTION,))
