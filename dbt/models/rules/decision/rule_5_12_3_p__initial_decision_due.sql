-- 5.12.3 A stage 2 was done and nothing is decided yet: after six months a new stage 2 is needed.
with second_stages as (
    select
        application_id,
        max(case when is_completed and is_itsms and audit_type = 'stage2' then actual_end end) as ended_on,
        max(case
            when (is_completed and is_itsms and audit_type = 'stage2') is null then coalesce(actual_end, {{ as_of() }})
        end) as may_have_ended_on
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
        and {{ in_population("is_completed and audit_type = 'stage2'") }}
    group by application_id
),

decided as (
    select
        application_id,
        bool_or(kind in ('grant', 'refuse') and decided_on <= {{ as_of() }}) as is_decided,
        bool_or((kind in ('grant', 'refuse') and decided_on <= {{ as_of() }}) is null) as may_be_decided
    from {{ ref('int_decision__itsms') }}
    where application_id is not null
    group by application_id
),

judged as (
    select
        applications.application_id as subject_id,
        applications.application_id,
        applications.body_id,
        second_stages.ended_on as stage2_ended_on,
        case
            when coalesce(second_stages.may_have_ended_on > second_stages.ended_on, false) then null
            else {{ add_months('second_stages.ended_on', parameter('initial_decision_months', on='second_stages.ended_on')) }}
        end as due_on,
        clients.is_abroad,
        case
            when coalesce(decided.may_be_decided, false) or second_stages.ended_on is null then null
            when {{ is_unreadable('review_result', 'applications') }} then null
            else {{ list_has('applications.systems', 'ITSMS') }}
        end as is_member
    from {{ ref('stg_application') }} as applications
    inner join second_stages on applications.application_id = second_stages.application_id
    left join decided on applications.application_id = decided.application_id
    left join {{ ref('int_client') }} as clients on applications.org_id = clients.org_id
    where not applications.is_stub
        and {{ in_population(list_has('applications.systems', 'ITSMS')) }}
        and not coalesce(decided.is_decided, false)
        and not (
            coalesce(applications.review_result = 'rejected', false)
            and coalesce(applications.reviewed_on <= {{ as_of() }}, true)
        )
),

stated as (
    select
        *,
        due_on as anchor_on,
        case
            when due_on is null then 'undetermined'
            when {{ as_of() }} >= {{ add_days('due_on', '-' ~ parameter('house_decision_horizon_days')) }} then 'warning'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['due_on'],
    keys=['application_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '第二阶段审核结束于 {stage2_ended_on}，尚无认证决定，期限 {due_on}{over}',
        over="case when due_on < " ~ as_of() ~ " then '，已过期限，须再实施一次第二阶段审核' else '' end"
    ),
    evidence=['application_id', 'stage2_ended_on', 'due_on']
) }}
