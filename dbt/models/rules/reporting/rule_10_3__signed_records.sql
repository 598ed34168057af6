-- 10.3 Records that the parties must sign are signed.
with judged as (
    select
        *,
        record_id as subject_id,
        stored_on as anchor_on,
        case
            when is_unsure or kind is null then 'undetermined'
            when signed is null then 'undetermined'
            when not signed then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_record__itsms') }}
    where kind in ('application_form', 'contract', 'audit_plan', 'sign_in_sheet', 'nc_report', 'decision_record')
        or kind is null
)

{{ judgement(
    'judged',
    member="case when kind is not null then nullif(is_unsure, true) end",
    keys=['record_id', 'audit_id', 'application_id', 'org_id'],
    abroad='is_abroad',
    found=say('记录归档于 {stored_on}，{what}', what="case state when 'breach' then '未签字或盖章' else '是否应签字、是否签字未记录' end"),
    evidence=['kind', 'application_id', 'audit_id', 'stored_on', 'signed']
) }}
