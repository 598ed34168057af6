-- 5.4.1.4 Surveillances to be done: overdue, or due within the longest forecast; whether an audit that would do it is
-- planned, and whose group it falls to.
with open_links as (
    select *
    from {{ ref('fct_surveillance') }}
    where is_overdue or horizon is not null
),

-- The next planned audit of the certificate that would close its link (it has one open link at most).
plans as (
    select
        certificate_id,
        audit_id,
        planned_start,
        planned_end
    from {{ ref('stg_audit') }}
    where status = 'planned'
        and audit_type in ('surveillance', 'recertification')
        and certificate_id is not null
    qualify row_number() over (partition by certificate_id order by planned_start, audit_id) = 1
),

plan_leaders as (
    select
        audit_id,
        min(person_id) as leader_id
    from {{ ref('stg_audit_assignment') }}
    where role = 'leader'
    group by audit_id
),

active_auditors as (
    select
        person_id,
        max(employment) as employment
    from {{ ref('int_auditor__active') }}
    where system = 'ITSMS'
        and is_certain
    group by person_id
),

linked as (
    select
        open_links.certificate_id,
        open_links.body_id,
        open_links.org_id,
        open_links.n,
        open_links.due_on,
        {{ month_text('open_links.due_on') }} as due_month,
        open_links.is_overdue,
        case when open_links.is_overdue then open_links.days_overdue end as days_overdue,
        case when not open_links.is_overdue then open_links.days_to_due end as days_to_due,
        case when open_links.is_overdue then 'overdue' else open_links.horizon end as horizon,
        certificates.certificate_no,
        certificates.org_name,
        certificates.body_name,
        certificates.region_code,
        certificates.province_code,
        certificates.scope_codes,
        certificates.status,
        certificates.is_in_force,
        certificates.expires_on,
        registered.branch_name,
        plans.audit_id as planned_audit_id,
        plans.planned_start,
        plans.planned_end,
        case
            when plans.audit_id is null then 'none'
            when plans.planned_end < {{ as_of() }} then 'lapsed'
            when plans.planned_end > open_links.due_on then 'late'
            else 'in_time'
        end as plan_state,
        coalesce(plan_leaders.leader_id, last_leaders.leader_id) as leader_id
    from open_links
    inner join {{ ref('dim_certificate') }} as certificates on open_links.certificate_id = certificates.certificate_id
    inner join {{ ref('stg_certificate') }} as registered on open_links.certificate_id = registered.certificate_id
    left join plans on open_links.certificate_id = plans.certificate_id
    left join plan_leaders on plans.audit_id = plan_leaders.audit_id
    left join {{ ref('int_certificate__leader') }} as last_leaders on open_links.certificate_id = last_leaders.certificate_id
)

select
    linked.*,
    case
        when linked.leader_id is null then 'unknown'
        else coalesce(active_auditors.employment, 'inactive')
    end as leader_group,
    -- Not to be planned is an alarm once it is overdue or due within the nearest horizon, before that merely early days.
    case
        when linked.plan_state <> 'none' then linked.plan_state
        when linked.horizon in ('overdue', 'near') then 'none_urgent'
        else 'none_later'
    end as plan_look,
    case when not linked.is_overdue then 'coming' when linked.is_in_force then 'overdue' else 'overdue_ended' end as due_look
from linked
left join active_auditors on linked.leader_id = active_auditors.person_id
