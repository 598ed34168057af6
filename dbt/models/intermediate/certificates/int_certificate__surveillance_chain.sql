-- 5.4.1.4 The chain of surveillances of every main ITSMS certificate: link n is due 12 months after the
-- one before (the issue, for n = 1) and done by the n-th completed surveillance or recertification audit.
with audits as (
    select
        certificates.certificate_id,
        audits.audit_id,
        audits.audit_type,
        audits.actual_end as done_on,
        row_number() over (
            partition by certificates.certificate_id order by audits.actual_end, audits.audit_id
        ) as n,
        sum(case when audits.audit_type = 'recertification' then 1 else 0 end) over (
            partition by certificates.certificate_id
            order by audits.actual_end, audits.audit_id
            rows between unbounded preceding and current row
        ) as recertifications_so_far
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('int_audit__completed') }} as audits
        on certificates.certificate_id = audits.certificate_id
    where certificates.is_main
        and audits.audit_type in ('surveillance', 'recertification')
        and audits.actual_end >= certificates.issued_on
),

anchors as (
    select
        certificate_id,
        1 as n,
        issued_on as anchored_on
    from {{ ref('int_certificate__itsms') }}
    where is_main
    union all
    -- A recertification closes the chain.
    select
        certificate_id,
        n + 1 as n,
        done_on as anchored_on
    from audits
    where recertifications_so_far = 0
),

links as (
    select
        anchors.certificate_id,
        certificates.body_id,
        certificates.org_id,
        anchors.n,
        {{ add_months('anchors.anchored_on', parameter('surveillance_interval_months', on='anchors.anchored_on')) }} as due_on,
        audits.done_on,
        audits.audit_id,
        audits.audit_type,
        certificates.issued_on,
        certificates.expires_on,
        certificates.ended_on,
        certificates.end_kind
    from anchors
    inner join {{ ref('int_certificate__itsms') }} as certificates
        on anchors.certificate_id = certificates.certificate_id
    left join audits
        on anchors.certificate_id = audits.certificate_id
        and anchors.n = audits.n
)

select
    *,
    case
        when due_on > expires_on then 'not_applicable'
        when done_on is null and ended_on <= due_on then 'not_applicable'
        else {{ deadline_state('due_on', 'done_on', parameter('surveillance_horizon_days')) }}
    end as state
from links
where n = 1 or due_on <= expires_on
