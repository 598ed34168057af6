-- Which audits belong to a certificate: those it was granted on (the decision's audit and the other stages of
-- the same application), and those that were held on it since. An audit can belong to two certificates: the
-- recertification that closes one cycle opens the next. A sub-certificate without a decision of its own was
-- granted on its main certificate's.
with granted as (
    select
        certificates.certificate_id,
        decisions.audit_id,
        audits.application_id
    from {{ ref('int_certificate') }} as certificates
    left join {{ ref('int_certificate') }} as parents
        on certificates.parent_certificate_id = parents.certificate_id
    inner join {{ ref('stg_decision') }} as decisions
        on coalesce(certificates.decision_id, parents.decision_id) = decisions.decision_id
    left join {{ ref('stg_audit') }} as audits on decisions.audit_id = audits.audit_id
),

related as (
    select
        certificate_id,
        audit_id,
        'granting' as relation
    from granted
    where audit_id is not null
    union all
    select
        granted.certificate_id,
        audits.audit_id,
        'granting' as relation
    from granted
    inner join {{ ref('stg_audit') }} as audits on granted.application_id = audits.application_id
    where audits.certificate_id is null
    union all
    select
        certificate_id,
        audit_id,
        'held_on' as relation
    from {{ ref('stg_audit') }}
    where certificate_id is not null
),

-- The same audit can be named by the decision and by itself: what it was granted on says more.
named as (
    select
        certificate_id,
        audit_id,
        min(relation) as relation
    from related
    group by certificate_id, audit_id
)

select
    named.certificate_id,
    named.audit_id,
    certificates.body_id,
    named.relation,
    audits.audit_type,
    audits.status,
    audits.is_done,
    audits.planned_start,
    audits.actual_start,
    audits.actual_end,
    coalesce(audits.actual_start, audits.planned_start) as held_on,
    audits.onsite_days,
    audits.total_days
from named
inner join {{ ref('int_certificate') }} as certificates on named.certificate_id = certificates.certificate_id
left join {{ ref('fct_audit') }} as audits on named.audit_id = audits.audit_id
