-- 7.2.2, 9.4 A suspension has a term, of six months at most.
with judged as (
    select
        event_id as subject_id,
        body_id,
        effective_on as anchor_on,
        certificate_id,
        effective_on,
        suspended_until as observed_on,
        {{ add_months('effective_on', parameter('suspension_max_months', on='effective_on')) }} as latest_on
    from {{ ref('int_certificate__event') }}
    where event = 'suspended'
),

stated as (
    select
        *,
        case
            when observed_on is null then 'breach'
            when observed_on > latest_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found="'暂停自 ' || " ~ shown('effective_on') ~ " || '，暂停至 ' || " ~ shown('observed_on') ~ " || '，最晚应为 ' || " ~ shown('latest_on'),
    evidence=['certificate_id', 'effective_on', 'observed_on', 'latest_on']
) }}
