-- 9.2 Day by which the plan of each on-site audit is to be reported, and the day it was. An audit that has
-- not begun by as_of is a plan, whatever its status says; once its days have passed it can no longer be filed.
-- A report that names another start day is of a plan since moved, which is reported anew. is_judged: NULL where a cell
-- that nobody can read decides; may_be_reported: a report that could not be read may be the one.
with audits as (
    select
        audit_id,
        body_id,
        org_id,
        is_abroad,
        status,
        is_itsms
        and status in ('planned', 'completed', 'terminated')
        and case when {{ is_unreadable('is_onsite') }} then null else coalesce(is_onsite, true) end as is_judged,
        case
            when actual_start <= {{ as_of() }} then actual_start
            when not {{ is_unreadable('actual_start') }} then planned_start
        end as start_on,
        planned_end >= {{ as_of() }}
            and coalesce(actual_start > {{ as_of() }}, true)
            and coalesce(actual_end > {{ as_of() }}, true) as is_ahead
    from {{ ref('int_audit__itsms') }}
),

reports as (
    select
        audits.audit_id,
        min(case
            when reports.kind = 'audit_plan' and reports.recipient = 'CNCA' and reports.result = 'accepted'
                and not {{ is_unreadable('plan_start', 'reports') }}
                and (reports.plan_start is null or reports.plan_start = audits.start_on)
                then {{ happened('reports.reported_on') }}
        end) as reported_on,
        max(case
            when reports.kind = 'audit_plan' and reports.recipient = 'CNCA' and reports.result = 'accepted'
                and reports.plan_start <> audits.start_on
                then {{ happened('reports.reported_on') }}
        end) as other_day_reported_on,
        bool_or(
            coalesce(reports.kind = 'audit_plan', true)
            and (reports.recipient = 'CNCA' or {{ is_unreadable('recipient', 'reports') }})
            and (reports.result = 'accepted' or {{ is_unreadable('result', 'reports') }})
            -- One that came late changes nothing.
            and coalesce(reports.reported_on <= {{ add_days('audits.start_on', '-' ~ parameter('audit_plan_lead_days')) }}, true)
            and coalesce(reports.reported_on <= {{ as_of() }}, true)
            and (
                {{ is_unreadable('plan_start', 'reports') }} or reports.plan_start is null
                or coalesce(reports.plan_start = audits.start_on, true)
            )
            and (
                reports.kind is null or reports.recipient is null or reports.result is null
                or reports.reported_on is null or {{ is_unreadable('plan_start', 'reports') }}
            )
        ) as may_be_reported
    from audits
    inner join {{ ref('stg_cnca_report') }} as reports on audits.audit_id = reports.subject_id
    group by audits.audit_id
)

select
    audits.audit_id,
    audits.body_id,
    audits.org_id,
    audits.is_abroad,
    audits.status,
    audits.is_judged,
    audits.start_on,
    audits.is_ahead,
    {{ add_days('audits.start_on', '-' ~ parameter('audit_plan_lead_days')) }} as due_on,
    reports.reported_on,
    reports.other_day_reported_on,
    coalesce(reports.may_be_reported, false) as may_be_reported
from audits
left join reports on audits.audit_id = reports.audit_id
where {{ in_population('audits.is_judged') }}
