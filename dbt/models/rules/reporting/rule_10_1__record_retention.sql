-- 10.1 Records are kept for two years after the end of the certificates that rest on them.
with stated as (
    select
        *,
        record_id as subject_id,
        disposed_on as anchor_on,
        case
            when is_unsure or is_day_unknown then 'undetermined'
            when certificates_running > 0 then 'breach'
            when disposed_on < keep_until then 'breach'
            when is_parent_unknown or certificates_unknown > 0 then 'undetermined'
            when certificates is null then 'not_applicable'
            when is_perhaps_none or disposed_on < perhaps_keep_until then 'undetermined'
            else 'pass'
        end as state
    from {{ ref('int_record__disposed') }}
)

{{ judgement(
    'stated',
    member="nullif(is_unsure or is_day_unknown, true)",
    keys=['record_id', 'audit_id', 'application_id', 'org_id'],
    abroad='is_abroad',
    found="case when certificates_running > 0 then " ~ say('记录处置于 {disposed_on}，仍有相关证书未终止')
        ~ " when disposed_on < keep_until then " ~ say('记录处置于 {disposed_on}，应保存至 {keep_until}')
        ~ " else " ~ say('记录处置于 {disposed_on}，所依据的证书、审核或申请未提供或无法读取') ~ " end",
    evidence=['kind', 'application_id', 'audit_id', 'disposed_on', 'certificates', 'certificates_running', 'certificates_unknown', 'last_ended_on', 'keep_until']
) }}
