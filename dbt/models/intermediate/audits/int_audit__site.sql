-- Sites of the completed ITSMS audits, audited or not, with what the rules ask of their audit.
select
    sites.audit_id,
    sites.site_id,
    sites.site_kind,
    sites.audited,
    sites.headcount,
    sites.onsite_days,
    audits.body_id,
    audits.application_id,
    audits.certificate_id,
    audits.audit_type,
    audits.actual_start,
    audits.actual_end,
    audits.reduction_reason,
    audits.headcount_effective
from {{ ref('stg_audit_site') }} as sites
inner join {{ ref('int_audit__completed') }} as audits on sites.audit_id = audits.audit_id
