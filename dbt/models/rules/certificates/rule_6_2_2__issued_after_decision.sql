-- 6.2.2 A certificate is not issued before the decision on it.
with judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.body_id,
        certificates.issued_on as anchor_on,
        certificates.issued_on,
        certificates.decision_id,
        {{ happened('decisions.decided_on') }} as observed_on
    from {{ ref('int_certificate__itsms') }} as certificates
    left join {{ ref('stg_decision') }} as decisions on certificates.decision_id = decisions.decision_id
),

stated as (
    select
        *,
        case
            when observed_on is null then 'undetermined'
            when observed_on > issued_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found="'签发于 ' || " ~ shown('issued_on') ~ " || '，认证决定日 ' || " ~ shown('observed_on'),
    evidence=['decision_id', 'issued_on', 'observed_on']
) }}
