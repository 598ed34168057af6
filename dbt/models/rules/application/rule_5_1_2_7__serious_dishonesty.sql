-- 5.1.2 (7) No application is accepted while the client is on the serious-dishonesty list.
with judged as (
    select
        *,
        application_id as subject_id,
        reviewed_on as anchor_on,
        case
            when reviewed_on is null then 'undetermined'
            when blacklisted_from <= reviewed_on and (blacklisted_until is null or blacklisted_until >= reviewed_on) then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_application__accepted') }}
)

{{ judgement(
    'judged',
    found="'受理于 ' || " ~ shown('reviewed_on') ~ " || '，列入严重违法失信名单自 ' || " ~ shown('blacklisted_from') ~ " || ' 至 ' || " ~ shown('blacklisted_until') ~ " || '（按今日记录）'",
    evidence=['org_id', 'reviewed_on', 'blacklisted_from', 'blacklisted_until']
) }}
