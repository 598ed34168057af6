-- 5.10.3 Nonconformities of ITSMS audits of every status, and the day by which a major one is to be verified:
-- after stage 1 and 2 from the application's last completed stage 2 (else the audit's own end), after a
-- surveillance or special audit from its end, after a recertification the audited certificate's expiry.
with second_stages as (
    select
        application_id,
        max(actual_end) as ended_on
    from {{ ref('int_audit__completed') }}
    where audit_type = 'stage2'
        and application_id is not null
    group by application_id
),

audits as (
    select
        audits.audit_id,
        audits.body_id,
        audits.application_id,
        audits.certificate_id,
        audits.audit_type,
        case when audits.status <> 'planned' then {{ happened('audits.actual_end') }} end as ended_on,
        second_stages.ended_on as stage2_ended_on,
        certificates.expires_on
    from {{ ref('stg_audit') }} as audits
    left join second_stages on audits.application_id = second_stages.application_id
    left join {{ ref('stg_certificate') }} as certificates on audits.certificate_id = certificates.certificate_id
    where {{ list_has('audits.systems', 'ITSMS') }}
),

joined as (
    select
        nonconformities.nc_id,
        nonconformities.grade,
        nonconformities.raised_on,
        nonconformities.accepted_on,
        nonconformities.verified_on,
        audits.*
    from {{ ref('stg_nonconformity') }} as nonconformities
    inner join audits on nonconformities.audit_id = audits.audit_id
)

select
    *,
    case
        when grade <> 'major' then null
        when audit_type in ('stage1', 'stage2')
            then {{ add_months('coalesce(stage2_ended_on, ended_on)', parameter('major_nc_initial_months', on='raised_on')) }}
        when audit_type in ('surveillance', 'special')
            then {{ add_months('ended_on', parameter('major_nc_surveillance_months', on='raised_on')) }}
        when audit_type = 'recertification' then expires_on
    end as verification_due_on
from joined
