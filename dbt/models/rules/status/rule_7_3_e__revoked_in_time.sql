-- 7.3 A certificate is revoked within five days of the finding being established.
with judged as (
    select
        event_id as subject_id,
        body_id,
        effective_on as anchor_on,
        certificate_id,
        established_on,
        effective_on as observed_on,
        {{ add_days('established_on', parameter('revocation_days', on='effective_on')) }} as latest_on
    from {{ ref('int_certificate__event') }}
    where event = 'revoked'
),

stated as (
    select
        *,
        case
            when established_on is null then 'undetermined'
            when observed_on > latest_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found="'调查核实日 ' || " ~ shown('established_on') ~ " || '，撤销日 ' || " ~ shown('observed_on') ~ " || '，最晚应为 ' || " ~ shown('latest_on'),
    evidence=['certificate_id', 'established_on', 'observed_on', 'latest_on']
) }}
