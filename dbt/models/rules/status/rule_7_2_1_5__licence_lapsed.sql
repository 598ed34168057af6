-- 7.2.1 (5) When a required licence lapses, the certificate is suspended within five days.
with lapsed as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.ended_on,
        organizations.licence_valid_until
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('stg_organization') }} as organizations on certificates.org_id = organizations.org_id
    inner join {{ ref('int_certificate__status_interval') }} as statuses
        on certificates.certificate_id = statuses.certificate_id
        and statuses.status = 'valid'
        and organizations.licence_valid_until >= statuses.from_on
        and (statuses.to_on is null or organizations.licence_valid_until <= statuses.to_on)
    where organizations.licence_required
        and organizations.licence_valid_until <= {{ as_of() }}
),

actions as (
    select
        lapsed.certificate_id,
        min(events.effective_on) as acted_on
    from lapsed
    inner join {{ ref('int_certificate__event') }} as events
        on lapsed.certificate_id = events.certificate_id
        and events.event in ('suspended', 'revoked', 'cancelled')
        and events.effective_on >= lapsed.licence_valid_until
    group by lapsed.certificate_id
),

judged as (
    select
        lapsed.certificate_id as subject_id,
        lapsed.body_id,
        lapsed.licence_valid_until as anchor_on,
        lapsed.org_id,
        lapsed.licence_valid_until,
        {{ add_days('lapsed.licence_valid_until', parameter('suspension_days', on='lapsed.licence_valid_until')) }} as due_on,
        least(actions.acted_on, lapsed.ended_on) as observed_on
    from lapsed
    left join actions on lapsed.certificate_id = actions.certificate_id
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('suspension_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['org_id', 'licence_valid_until']) }}
