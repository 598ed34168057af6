-- 五、3 A recertification audit within the gap allowed after the last surveillance of the line, or the certificate is suspended.
with recertifications as (
    select
        *,
        is_itsms and is_completed and audit_type = 'recertification' as is_asked
    from {{ ref('int_audit') }}
    where {{ in_population("is_itsms and is_completed and audit_type = 'recertification'") }}
),

earlier as (
    select
        recertifications.audit_id,
        max(case when coalesce(audits.is_itsms and audits.is_completed and audits.audit_type = 'surveillance', false) then audits.actual_end end)
            as last_surveillance_on,
        bool_or(not coalesce(audits.is_itsms and audits.is_completed and audits.audit_type = 'surveillance', false)) as is_some_unknown
    from recertifications
    inner join {{ ref('int_certificate__line_audit') }} as audits
        on recertifications.certificate_id = audits.certificate_id
        and recertifications.audit_id <> audits.audit_id
    where {{ in_population("audits.is_itsms and audits.is_completed and audits.audit_type = 'surveillance'") }}
        and coalesce(
            audits.actual_end < recertifications.actual_end
            or (audits.actual_end = recertifications.actual_end and audits.audit_id < recertifications.audit_id),
            true
        )
    group by recertifications.audit_id
),

dated as (
    select
        recertifications.*,
        earlier.last_surveillance_on,
        coalesce(earlier.is_some_unknown, false) as is_some_unknown,
        {{ add_months('earlier.last_surveillance_on', parameter('zdqy_recertification_gap_months', on='recertifications.actual_start')) }} as latest_on
    from recertifications
    left join earlier on recertifications.audit_id = earlier.audit_id
),

suspended as (
    select distinct dated.audit_id
    from dated
    inner join {{ ref('int_certificate__line_row') }} as line_rows on dated.certificate_id = line_rows.certificate_id
    inner join {{ ref('int_certificate__status_interval') }} as statuses
        on line_rows.row_id = statuses.certificate_id
        and statuses.status = 'suspended'
        and dated.actual_end >= statuses.from_on
        and (statuses.to_on is null or dated.actual_end <= statuses.to_on)
),

judged as (
    select
        dated.audit_id as subject_id,
        dated.audit_id,
        dated.body_id,
        dated.org_id,
        dated.is_asked,
        dated.actual_start as anchor_on,
        dated.certificate_id,
        dated.last_surveillance_on,
        dated.latest_on,
        dated.actual_end as observed_on,
        case
            when dated.is_asked is null or dated.actual_end is null then 'undetermined'
            when dated.certificate_id is null then 'undetermined'
            when coalesce(certificates.is_stub, true) then 'undetermined'
            when dated.is_some_unknown and (dated.last_surveillance_on is null or dated.actual_end > dated.latest_on) then 'undetermined'
            when dated.last_surveillance_on is null then 'not_applicable'
            when dated.actual_end <= dated.latest_on then 'pass'
            when suspended.audit_id is not null then 'pass'
            else 'breach'
        end as state
    from dated
    left join {{ ref('stg_certificate') }} as certificates on dated.certificate_id = certificates.certificate_id
    left join suspended on dated.audit_id = suspended.audit_id
)

{{ judgement(
    'judged',
    has=['observed_on'],
    member="is_asked",
    keys=['audit_id', 'certificate_id', 'org_id'],
    found="case when certificate_id is null then '审核没有关联证书' else "
        ~ say('上一次监督审核结束于 {last_surveillance_on}，再认证审核结束于 {observed_on}，最晚应为 {latest_on}，且证书未暂停') ~ " end",
    evidence=['certificate_id', 'last_surveillance_on', 'latest_on', 'observed_on']
) }}
