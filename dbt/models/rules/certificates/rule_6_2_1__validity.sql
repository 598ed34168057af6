-- 6.2.1 A certificate is valid for three years at most.
with judged as (
    select
        certificate_id as subject_id,
        body_id,
        issued_on as anchor_on,
        issued_on,
        {{ add_months('issued_on', parameter('certificate_validity_months', on='issued_on')) }} as latest_on,
        expires_on as observed_on
    from {{ ref('int_certificate__itsms') }}
),

stated as (
    select
        *,
        case
            when observed_on > latest_on then 'breach'
            when observed_on < issued_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found="'签发于 ' || " ~ shown('issued_on') ~ " || '，有效期至 ' || " ~ shown('observed_on') ~ " || '，最晚应为 ' || " ~ shown('latest_on'),
    evidence=['issued_on', 'observed_on', 'latest_on']
) }}
