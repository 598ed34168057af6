-- 5.6.2.1 (5), 5.7.3 (1) The client audits itself and reviews its management once a year: what the audit saw of it.
-- The text names no interval, so it is a warning.
with kept as (
    select distinct body_id
    from {{ ref('stg_audit') }}
    where client_internal_audit_on is not null
        or client_management_review_on is not null
        or {{ is_unreadable('client_internal_audit_on') }}
        or {{ is_unreadable('client_management_review_on') }}
),

audits as (
    select
        *,
        {{ happened('client_internal_audit_on') }} as internal_audit_on,
        {{ happened('client_management_review_on') }} as management_review_on,
        is_completed and audit_type in ('stage1', 'surveillance', 'recertification') as is_member
    from {{ ref('int_audit__itsms') }}
),

judged as (
    select
        audits.audit_id as subject_id,
        audits.audit_id,
        audits.body_id,
        audits.actual_start as anchor_on,
        audits.actual_end,
        audits.internal_audit_on,
        audits.management_review_on,
        audits.is_abroad,
        audits.is_member and audits.is_itsms as is_member,
        kept.body_id is not null or audits.body_id is null as is_kept,
        case
            when audits.actual_end is null then 'undetermined'
            {%- for day in ['internal_audit_on', 'management_review_on'] %}
            when audits.{{ day }} > audits.actual_end
                or {{ add_months('audits.' ~ day, parameter('house_client_cycle_months', on='audits.actual_start')) }} < audits.actual_end
                then 'warning'
            {%- endfor %}
            when audits.internal_audit_on is null or audits.management_review_on is null then 'undetermined'
            else 'pass'
        end as state
    from audits
    left join kept on audits.body_id = kept.body_id
    where {{ in_population('audits.is_member') }}
)

{{ judgement(
    'judged',
    keys=['audit_id'],
    abroad='is_abroad',
    exempt='not is_kept',
    member='is_member',
    found=say('审核结束于 {actual_end}，所见组织最近一次内部审核 {internal_audit_on}、管理评审 {management_review_on}，应在审核前 {parameter:house_client_cycle_months@anchor_on} 个月内'),
    evidence=['audit_id', 'actual_end', 'internal_audit_on', 'management_review_on']
) }}
