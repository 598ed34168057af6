-- 5.12.4 A renewal is decided before the old certificate expires, at the latest six months after. The six months help
-- only what was ready at expiry: what was not, R5.12.4-b reports.
with judged as (
    select
        decision_id as subject_id,
        decision_id,
        body_id,
        decided_on as anchor_on,
        audit_id,
        audited_certificate_id as certificate_id,
        expires_on,
        is_ready,
        is_abroad,
        is_member,
        {{ add_months('expires_on', parameter('renewal_decision_months', on='decided_on')) }} as latest_on,
        decided_on as observed_on
    from {{ ref('int_decision__renewal') }}
),

stated as (
    select
        *,
        case
            when expires_on is null then 'undetermined'
            when observed_on > latest_on then 'breach'
            when observed_on <= expires_on then 'pass'
            when not is_ready then 'not_applicable'
            when is_ready is null then 'undetermined'
            else 'warning'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    keys=['decision_id', 'audit_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('原证书有效期至 {expires_on}，决定日 {observed_on}，最晚应为 {latest_on}'),
    evidence=['certificate_id', 'expires_on', 'latest_on', 'observed_on']
) }}
