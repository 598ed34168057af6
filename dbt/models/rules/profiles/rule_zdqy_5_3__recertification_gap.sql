-- 五、3 A recertification audit within twelve months of the last surveillance, or the certificate is suspended.
with audits as (
    select
        *,
        max(case when audit_type = 'surveillance' then actual_end end) over (
            partition by certificate_id order by actual_end, audit_id
            rows between unbounded preceding and 1 preceding
        ) as last_surveillance_on
    from {{ ref('int_audit__completed') }}
    where audit_type in ('surveillance', 'recertification')
),

recertifications as (
    select
        *,
        {{ add_months('last_surveillance_on', parameter('zdqy_recertification_gap_months', on='actual_start')) }} as latest_on
    from audits
    where audit_type = 'recertification'
),

judged as (
    select
        recertifications.audit_id as subject_id,
        recertifications.body_id,
        recertifications.actual_start as anchor_on,
        recertifications.certificate_id,
        recertifications.last_surveillance_on,
        recertifications.latest_on,
        recertifications.actual_end as observed_on,
        case
            when recertifications.certificate_id is null then 'undetermined'
            when recertifications.last_surveillance_on is null then 'not_applicable'
            when recertifications.actual_end <= recertifications.latest_on then 'pass'
            when statuses.certificate_id is not null then 'pass'
            else 'breach'
        end as state
    from recertifications
    left join {{ ref('int_certificate__status_interval') }} as statuses
        on recertifications.certificate_id = statuses.certificate_id
        and statuses.status = 'suspended'
        and recertifications.actual_end >= statuses.from_on
        and (statuses.to_on is null or recertifications.actual_end <= statuses.to_on)
)

{{ judgement(
    'judged',
    has=['observed_on'],
    found="case when certificate_id is null then '审核没有关联证书' else '上一次监督审核结束于 ' || " ~ shown('last_surveillance_on') ~ " || '，再认证审核结束于 ' || " ~ shown('observed_on') ~ " || '，最晚应为 ' || " ~ shown('latest_on') ~ " || '，且证书未暂停' end",
    evidence=['certificate_id', 'last_surveillance_on', 'latest_on', 'observed_on']
) }}
