-- 5.1.2 (1) An application is accepted only while the client's legal status holds.
with judged as (
    select
        *,
        application_id as subject_id,
        reviewed_on as anchor_on,
        case
            when reviewed_on is null then 'undetermined'
            when legal_status_valid_until < reviewed_on then 'breach'
            when legal_status_revoked_on <= reviewed_on then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_application__accepted') }}
)

{{ judgement(
    'judged',
    found="'受理于 ' || " ~ shown('reviewed_on') ~ " || '，主体资格有效期至 ' || " ~ shown('legal_status_valid_until') ~ " || '，撤销或注销于 ' || " ~ shown('legal_status_revoked_on') ~ " || '（按今日记录）'",
    evidence=['org_id', 'reviewed_on', 'legal_status_valid_until', 'legal_status_revoked_on']
) }}
