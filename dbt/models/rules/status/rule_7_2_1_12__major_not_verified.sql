-- 7.2.1 (12) When a surveillance's major nonconformity is not verified within three months, the certificate is
-- suspended within five days.
with late as (
    select
        nonconformities.nc_id,
        nonconformities.body_id,
        nonconformities.audit_id,
        nonconformities.raised_on,
        nonconformities.certificate_id,
        nonconformities.verification_due_on,
        {{ happened('nonconformities.verified_on') }} as verified_on,
        ends.ended_on
    from {{ ref('int_nonconformity__itsms') }} as nonconformities
    left join {{ ref('int_certificate__ended') }} as ends
        on nonconformities.certificate_id = ends.certificate_id
    where nonconformities.grade = 'major'
        and nonconformities.audit_type = 'surveillance'
        and (
            {{ happened('nonconformities.verified_on') }} is null
            or nonconformities.verified_on > nonconformities.verification_due_on
        )
),

suspended as (
    select late.nc_id
    from late
    inner join {{ ref('int_certificate__status_interval') }} as statuses
        on late.certificate_id = statuses.certificate_id
        and statuses.status = 'suspended'
        and late.verification_due_on >= statuses.from_on
        and (statuses.to_on is null or late.verification_due_on <= statuses.to_on)
),

actions as (
    select
        late.nc_id,
        min(events.effective_on) as acted_on
    from late
    inner join {{ ref('stg_certificate_event') }} as events
        on late.certificate_id = events.certificate_id
        and events.event in ('suspended', 'revoked', 'cancelled')
        and events.effective_on > late.verification_due_on
        and events.effective_on <= {{ as_of() }}
    group by late.nc_id
),

judged as (
    select
        late.nc_id as subject_id,
        late.body_id,
        late.raised_on as anchor_on,
        late.audit_id,
        late.certificate_id,
        late.verification_due_on,
        case
            when late.certificate_id is not null
                then {{ add_days('late.verification_due_on', parameter('suspension_days', on='late.raised_on')) }}
        end as due_on,
        case
            when suspended.nc_id is not null then late.verification_due_on
            else least(late.verified_on, actions.acted_on, late.ended_on)
        end as observed_on
    from late
    left join suspended on late.nc_id = suspended.nc_id
    left join actions on late.nc_id = actions.nc_id
),

stated as (
    select
        *,
        case
            when verification_due_on >= {{ as_of() }} then 'not_applicable'
            else {{ deadline_state('due_on', 'observed_on', parameter('suspension_horizon_days')) }}
        end as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['audit_id', 'certificate_id', 'verification_due_on']) }}
