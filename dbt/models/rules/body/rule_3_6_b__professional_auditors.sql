-- 3.6 Two professional auditors or more for every scope that a body certifies or is approved for.
with judged as (
    select
        capacity.body_id || '|' || capacity.scope_code as subject_id,
        capacity.body_id,
        case when not bodies.is_stub then {{ as_of() }} end as anchor_on,
        capacity.scope_code,
        capacity.professional_auditors,
        capacity.possible_auditors,
        case
            when not capacity.is_certain then 'undetermined'
            when capacity.possible_auditors < {{ parameter('professional_auditor_min') }} then 'breach'
            when capacity.professional_auditors < {{ parameter('professional_auditor_min') }} then 'undetermined'
            else 'pass'
        end as state
    from {{ ref('int_body__scope_capacity') }} as capacity
    inner join {{ ref('stg_certification_body') }} as bodies on capacity.body_id = bodies.body_id
)

{{ judgement(
    'judged',
    keys=['scope_code'],
    found=say('业务范围 {scope_code} 现有专业领域审核员 {professional_auditors} 名，记录不全的若计入为 {possible_auditors} 名，要求不少于 {parameter:professional_auditor_min} 名'),
    evidence=['body_id', 'scope_code', 'professional_auditors', 'possible_auditors']
) }}
