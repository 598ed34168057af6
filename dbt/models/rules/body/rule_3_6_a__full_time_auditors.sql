-- 3.6 A body keeps ten full-time ITSMS auditors or more.
with judged as (
    select
        body_id as subject_id,
        body_id,
        case when not is_stub then {{ as_of() }} end as anchor_on,
        case when not is_stub then itsms_auditors_full_time end as measured,
        possible_full_time,
        {{ parameter('auditor_full_time_min') }} as limit_value,
        {{ agreed_state(full_time_state('itsms_auditors_full_time'), full_time_state('possible_full_time')) }} as state
    from {{ ref('int_body__capacity') }}
)

{{ judgement(
    'judged',
    has=['measured', 'limit_value'],
    found=say('现有 ITSMS 专职审核员 {measured:number} 名，记录不全的若计入为 {possible_full_time} 名，要求不少于 {parameter:auditor_full_time_min} 名'),
    evidence=['body_id', 'measured', 'possible_full_time']
) }}
