-- Sites of the ITSMS audits, audited or not, with what the rules ask of their audit; also of audits of which nobody knows
-- whether they are completed ITSMS audits.
select
    sites.audit_id,
    sites.site_id,
    sites.site_kind,
    sites.audited,
    sites.headcount,
    sites.onsite_days,
    {{ is_unreadable('headcount', 'sites') }} as is_headcount_unreadable,
    audits.body_id,
    audits.org_id,
    audits.is_abroad,
    audits.is_itsms,
    audits.is_completed,
    audits.application_id,
    audits.certificate_id,
    audits.audit_type,
    audits.is_combined,
    audits.actual_start,
    audits.actual_end,
    audits.reduction_reason,
    audits.headcount_effective
from {{ ref('stg_audit_site') }} as sites
inner join {{ ref('int_audit') }} as audits on sites.audit_id = audits.audit_id
where {{ in_population(is_completed_itsms(relation='audits')) }}
