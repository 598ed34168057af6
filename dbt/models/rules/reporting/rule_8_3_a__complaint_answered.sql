-- 8.3 An appeal or complaint is answered within 60 days.
with judged as (
    select
        complaint_id as subject_id,
        body_id,
        received_on as anchor_on,
        kind,
        audit_id,
        received_on,
        {{ add_days('received_on', parameter('complaint_answer_days', on='received_on')) }} as due_on,
        {{ happened('notified_on') }} as observed_on
    from {{ ref('int_complaint__itsms') }}
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('deadline_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['kind', 'audit_id', 'received_on']) }}
