-- Decisions on ITSMS: a decision follows its audit; without an audit, its certificate. A decision with
-- neither belongs to no system. Body and client are those of the audit, else of the certificate.
select
    decisions.decision_id,
    decisions.kind,
    decisions.decided_on,
    decisions.decided_by,
    decisions.audit_id,
    audits.application_id,
    audits.audit_type,
    audits.status as audit_status,
    audits.certificate_id as audited_certificate_id,
    audits.report_issued_on,
    coalesce(audits.body_id, certificates.body_id) as body_id,
    coalesce(audits.org_id, certificates.org_id) as org_id
from {{ ref('stg_decision') }} as decisions
left join {{ ref('stg_audit') }} as audits on decisions.audit_id = audits.audit_id
left join {{ ref('stg_certificate') }} as certificates
    on case when decisions.audit_id is null then decisions.certificate_id end = certificates.certificate_id
where {{ list_has('audits.systems', 'ITSMS') }}
    or certificates.system = 'ITSMS'
