-- 5.10.3 Nonconformities of ITSMS audits of every status, and the day by which a major one is to be verified:
-- after stage 1 and 2 from the application's last completed stage 2 (else the audit's own end), after a
-- surveillance or special audit from its end, after a recertification the audited certificate's expiry.
-- is_itsms: NULL where the audit or its systems could not be read; an audit that is a stub stays in.
with second_stages as (
    select
        application_id,
        max(case when is_completed and is_itsms and audit_type = 'stage2' then actual_end end) as ended_on,
        max(case
            when (is_completed and is_itsms and audit_type = 'stage2') is null
                then coalesce(actual_end, {{ as_of() }})
        end) as may_have_ended_on
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
        and coalesce(audit_type = 'stage2', true)
    group by application_id
),

joined as (
    select
        nonconformities.nc_id,
        nonconformities.grade,
        nonconformities.raised_on,
        nonconformities.accepted_on,
        nonconformities.submitted_on,
        nonconformities.verified_on,
        nonconformities.unreadable_columns,
        nonconformities.audit_id,
        nonconformities.audit_id is not null and audits.audit_id is null as is_audit_stub,
        case
            when audits.audit_id is not null then audits.is_itsms
            when nonconformities.audit_id is not null then true
        end as is_itsms,
        audits.body_id,
        audits.org_id,
        audits.is_abroad,
        audits.application_id,
        audits.certificate_id,
        audits.audit_type,
        audits.is_completed,
        audits.actual_start,
        audits.actual_end,
        case when audits.is_held then audits.held_end_on end as held_end_on,
        -- Where the last day of a terminated audit could not be read: it is not before the last one that is known. Where
        -- nobody knows whether it was held: its end, if it was.
        case
            when audits.is_held is null then audits.held_end_on
            when audits.is_held and audits.held_end_on is null and not {{ is_unreadable('actual_end', 'audits') }} then audits.last_onsite_on
        end as earliest_end_on,
        audits.is_held,
        case when audits.status <> 'planned' then {{ happened('audits.actual_end') }} end as ended_on,
        nonconformities.audit_id is null or {{ is_unreadable('actual_end', 'audits') }} as is_end_unreadable,
        case
            when second_stages.may_have_ended_on > coalesce(second_stages.ended_on, cast('1900-01-01' as date)) then true
            else false
        end as is_stage2_in_question,
        second_stages.ended_on as stage2_ended_on,
        certificates.expires_on
    from {{ ref('stg_nonconformity') }} as nonconformities
    left join {{ ref('int_audit') }} as audits on nonconformities.audit_id = audits.audit_id
    left join second_stages on audits.application_id = second_stages.application_id
    left join {{ ref('stg_certificate') }} as certificates on audits.certificate_id = certificates.certificate_id
    where not nonconformities.is_stub
)

select
    *,
    case
        when grade <> 'major' then null
        when audit_type in ('stage1', 'stage2') and not is_stage2_in_question
            then {{ add_months('coalesce(stage2_ended_on, ended_on)', parameter('major_nc_initial_months', on='raised_on')) }}
        when audit_type in ('surveillance', 'special')
            then {{ add_months('ended_on', parameter('major_nc_surveillance_months', on='raised_on')) }}
        when audit_type = 'recertification' then expires_on
    end as verification_due_on
from joined
where {{ in_population('is_itsms') }}
