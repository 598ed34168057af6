-- 5.1.2 (6) No application is accepted while the client is ordered to close.
with judged as (
    select
        *,
        application_id as subject_id,
        reviewed_on as anchor_on,
        case
            when reviewed_on is null then 'undetermined'
            when closure_from <= reviewed_on and (closure_until is null or closure_until >= reviewed_on) then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_application__accepted') }}
)

{{ judgement(
    'judged',
    found="'受理于 ' || " ~ shown('reviewed_on') ~ " || '，责令停产停业整顿自 ' || " ~ shown('closure_from') ~ " || ' 至 ' || " ~ shown('closure_until') ~ " || '（按今日记录）'",
    evidence=['org_id', 'reviewed_on', 'closure_from', 'closure_until']
) }}
