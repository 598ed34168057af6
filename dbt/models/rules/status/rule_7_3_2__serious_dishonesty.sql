-- 7.3 (2) When the client is listed for serious dishonesty, the certificate is revoked within five days.
with affected as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.ended_on,
        organizations.blacklisted_from
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('stg_organization') }} as organizations on certificates.org_id = organizations.org_id
    inner join {{ ref('int_certificate__status_interval') }} as statuses
        on certificates.certificate_id = statuses.certificate_id
        and statuses.status in ('valid', 'suspended')
        and organizations.blacklisted_from >= statuses.from_on
        and (statuses.to_on is null or organizations.blacklisted_from <= statuses.to_on)
    where organizations.blacklisted_from <= {{ as_of() }}
),

-- A revocation after that day is the certificate's end, or comes after it: the end alone is looked at.
judged as (
    select
        certificate_id as subject_id,
        body_id,
        blacklisted_from as anchor_on,
        org_id,
        blacklisted_from,
        {{ add_days('blacklisted_from', parameter('revocation_days', on='blacklisted_from')) }} as due_on,
        ended_on as observed_on
    from affected
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('revocation_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['org_id', 'blacklisted_from']) }}
