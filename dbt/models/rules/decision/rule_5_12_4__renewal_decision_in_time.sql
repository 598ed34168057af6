-- 5.12.4 A renewal is decided before the old certificate expires, at the latest six months after.
with judged as (
    select
        decisions.decision_id as subject_id,
        decisions.body_id,
        decisions.decided_on as anchor_on,
        decisions.audited_certificate_id,
        certificates.expires_on,
        {{ add_months('certificates.expires_on', parameter('renewal_decision_months', on='decisions.decided_on')) }} as latest_on,
        decisions.decided_on as observed_on
    from {{ ref('int_decision__itsms') }} as decisions
    left join {{ ref('stg_certificate') }} as certificates
        on decisions.audited_certificate_id = certificates.certificate_id
    where decisions.kind = 'renew'
),

stated as (
    select
        *,
        case
            when expires_on is null then 'undetermined'
            when observed_on > latest_on then 'breach'
            when observed_on > expires_on then 'warning'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found="'原证书有效期至 ' || " ~ shown('expires_on') ~ " || '，决定日 ' || " ~ shown('observed_on') ~ " || '，最晚应为 ' || " ~ shown('latest_on'),
    evidence=['audited_certificate_id', 'expires_on', 'latest_on', 'observed_on']
) }}
