-- 3.10 Valid certificates per auditor do not exceed 50, over all management systems. Compared as integers: no ratio is rounded before the limit.
with judged as (
    select
        body_id as subject_id,
        body_id,
        case when not is_stub then {{ as_of() }} end as anchor_on,
        valid_all,
        all_auditors,
        possible_all_auditors as possible_auditors,
        case when not is_stub then ratio_all end as measured,
        {{ parameter('certificates_per_auditor_max') }} as limit_value,
        {{ agreed_state(
            capacity_state('valid_all - valid_of_unknown_system', 'possible_all_auditors'),
            capacity_state('possible_valid_all', 'all_auditors')
        ) }} as state
    from {{ ref('int_body__capacity') }}
)

{{ judgement(
    'judged',
    has=['measured', 'limit_value'],
    found=say('全部管理体系有效证书 {valid_all} 张，审核员 {all_auditors} 名（记录不全的若计入为 {possible_auditors} 名），人均 {measured:number} 张，上限 {parameter:certificates_per_auditor_max} 张'),
    evidence=['valid_all', 'all_auditors', 'possible_auditors', 'measured']
) }}
