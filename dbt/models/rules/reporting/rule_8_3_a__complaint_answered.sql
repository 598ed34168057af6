-- 8.3 An appeal or complaint is answered in time.
with judged as (
    select
        *,
        complaint_id as subject_id,
        received_on as anchor_on,
        {{ add_days('received_on', parameter('complaint_answer_days', on='received_on')) }} as due_on,
        {{ happened('notified_on') }} as observed_on
    from {{ ref('int_complaint__itsms') }}
),

stated as (
    select
        *,
        case
            when is_unsure then 'undetermined'
            else {{ deadline_state('due_on', 'notified_on', parameter('deadline_horizon_days'), is_unreadable('notified_on')) }}
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['due_on', 'observed_on'],
    member="nullif(is_unsure, true)",
    keys=['complaint_id', 'audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    evidence=['kind', 'audit_id', 'certificate_id', 'received_on']
) }}
