-- 5.8.2 A certificate that runs out and for which no recertification audit is planned before: a warning ahead of time.
with certificates as (
    select *
    from {{ ref('int_certificate__surveillance_chain') }}
    where n = 1
        and ended_on is null
),

-- Held since the issue of the current row; planned to end in time. NULL: it may be.
audits as (
    select
        certificates.certificate_id,
        bool_or(
            audits.audit_type = 'recertification'
            and audits.is_completed
            and audits.is_itsms
            and audits.actual_end >= certificates.issued_on
        ) as is_held,
        bool_or((
            audits.audit_type = 'recertification'
            and audits.is_completed
            and audits.is_itsms
            and coalesce(audits.actual_end >= certificates.issued_on, audits.actual_end is null)
        ) is null) as may_be_held,
        min(case
            when audits.audit_type = 'recertification'
                and audits.status = 'planned'
                and audits.is_itsms
                and audits.planned_end <= certificates.expires_on
                then audits.audit_id
        end) as planned_audit_id,
        bool_or((
            audits.audit_type = 'recertification'
            and audits.status = 'planned'
            and audits.is_itsms
            and audits.planned_end <= certificates.expires_on
        ) is null) as may_be_planned
    from certificates
    inner join {{ ref('int_certificate__line_audit') }} as audits
        on certificates.certificate_id = audits.certificate_id
        and audits.is_of_line
    group by certificates.certificate_id
),

judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.certificate_id,
        certificates.body_id,
        certificates.expires_on as anchor_on,
        certificates.expires_on as due_on,
        certificates.is_abroad,
        audits.planned_audit_id,
        case when coalesce(audits.may_be_held, false) or certificates.is_end_day_unknown then null else certificates.is_member end as is_member,
        case
            when {{ as_of() }} < {{ add_days('certificates.expires_on', '-' ~ parameter('house_recertification_horizon_days')) }} then 'pass'
            when audits.planned_audit_id is not null then 'pass'
            when coalesce(audits.may_be_planned, false) then 'undetermined'
            else 'warning'
        end as state
    from certificates
    left join audits on certificates.certificate_id = audits.certificate_id
    where not coalesce(audits.is_held, false)
)

{{ judgement(
    'judged',
    has=['due_on'],
    keys=['certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('证书有效期至 {due_on}，此前没有计划的再认证审核'),
    evidence=['certificate_id', 'due_on', 'planned_audit_id']
) }}
