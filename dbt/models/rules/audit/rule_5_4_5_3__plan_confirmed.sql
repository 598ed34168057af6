-- 5.4.5.3 The client confirms the audit plan before the audit begins.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        actual_start,
        client_confirmed_on as observed_on,
        case
            when client_confirmed_on is null then 'breach'
            when client_confirmed_on > actual_start then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_audit__completed') }}
)

{{ judgement(
    'judged',
    has=['observed_on'],
    found="'审核开始日 ' || " ~ shown('actual_start') ~ " || '，委托方确认审核计划日 ' || " ~ shown('observed_on') ~ " || '，应不晚于审核开始日'",
    evidence=['actual_start', 'observed_on']
) }}
