-- 5.1.2 (2) An application is accepted only while a required licence is valid.
with judged as (
    select
        *,
        application_id as subject_id,
        reviewed_on as anchor_on,
        case
            when reviewed_on is null or licence_required is null then 'undetermined'
            when not licence_required then 'pass'
            when licence_valid_until is null then 'undetermined'
            when licence_valid_until < reviewed_on then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_application__accepted') }}
)

{{ judgement(
    'judged',
    found="'受理于 ' || " ~ shown('reviewed_on') ~ " || '，是否需要行政许可：' || case when licence_required then '是' when not licence_required then '否' else '未记录' end || '，许可有效期至 ' || " ~ shown('licence_valid_until') ~ " || '（按今日记录）'",
    evidence=['org_id', 'reviewed_on', 'licence_required', 'licence_valid_until']
) }}
