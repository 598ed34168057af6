-- 10.4 Electronic records are kept in a form that cannot be edited.
with judged as (
    select
        *,
        record_id as subject_id,
        stored_on as anchor_on,
        case
            when is_unsure or medium is null then 'undetermined'
            when medium = 'electronic_editable' then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_record__itsms') }}
)

{{ judgement(
    'judged',
    member="nullif(is_unsure, true)",
    keys=['record_id', 'audit_id', 'application_id', 'org_id'],
    abroad='is_abroad',
    found=say('记录归档于 {stored_on}，{what}', what="case state when 'breach' then '以可编辑的电子形式保存' else '保存形式未记录' end"),
    evidence=['kind', 'application_id', 'audit_id', 'stored_on', 'medium']
) }}
