-- 6.2.2 A certificate is not issued before the decision on it. One without any decision rule 6.2.2-b reports.
with judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.issued_on as anchor_on,
        certificates.issued_on,
        decisions.named_decision_id as decision_id,
        decisions.decided_on as observed_on,
        decisions.is_unknown or {{ is_unreadable('decision_id', 'certificates') }} as is_decision_unknown,
        certificates.is_itsms is null as is_unsure,
        certificates.is_abroad
    from {{ ref('int_certificate__itsms') }} as certificates
    left join {{ ref('int_certificate__decision') }} as decisions on certificates.certificate_id = decisions.certificate_id
),

stated as (
    select
        *,
        case
            when is_unsure then 'undetermined'
            when is_decision_unknown then 'undetermined'
            when decision_id is null then 'not_applicable'
            when observed_on is null then 'undetermined'
            when observed_on > issued_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'decision_id', 'org_id'],
    abroad='is_abroad',
    found=say('签发于 {issued_on}，认证决定日 {observed_on}'),
    evidence=['decision_id', 'issued_on', 'observed_on']
) }}
