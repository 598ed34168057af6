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
)

select
    related.certificate_id,
    related.audit_id,
    certificates.body_id,
    -- The same audit can be named by the decision and by itself: what it was granted on says more.
    min(related.relation) as relation
from related
inner join {{ ref('int_certificate') }} as certificates
    on related.certificate_id = certificates.certificate_id
group by related.certificate_id, related.audit_id, certificates.body_id
