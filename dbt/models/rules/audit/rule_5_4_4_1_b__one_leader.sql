-- 5.4.4.1 (1) A team has one leader.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        leaders,
        case when leaders <> {{ parameter('audit_leaders', on='actual_start') }} then 'breach' else 'pass' end as state
    from {{ ref('int_audit__team_counts') }}
)

{{ judgement(
    'judged',
    found="'审核组长 ' || " ~ shown('leaders') ~ " || ' 名，应恰有一名'",
    evidence=['leaders']
) }}
