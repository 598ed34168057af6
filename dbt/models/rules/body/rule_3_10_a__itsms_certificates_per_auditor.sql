-- 3.10 Valid certificates per auditor of ITSMS match the auditors (an indicator). Compared as integers: no ratio is rounded before the limit.
with judged as (
    select
        body_id as subject_id,
        body_id,
        case when not is_stub then {{ as_of() }} end as anchor_on,
        valid_itsms,
        itsms_auditors,
        possible_itsms_auditors as possible_auditors,
        case when not is_stub then ratio_itsms end as measured,
        {{ parameter('certificates_per_auditor_max') }} as limit_value,
        {{ agreed_state(
            capacity_indicator('valid_itsms', 'possible_itsms_auditors'),
            capacity_indicator('possible_valid_itsms', 'itsms_auditors')
        ) }} as state
    from {{ ref('int_body__capacity') }}
)

{{ judgement(
    'judged',
    has=['measured', 'limit_value'],
    found=say('ITSMS 有效证书 {valid_itsms} 张，审核员 {itsms_auditors} 名（记录不全的若计入为 {possible_auditors} 名），人均 {measured:number} 张，上限 {parameter:certificates_per_auditor_max} 张'),
    evidence=['valid_itsms', 'itsms_auditors', 'possible_auditors', 'measured']
) }}
