-- Decisions on ITSMS: a decision follows its audit; without an audit the certificate that it names, without one the
-- certificates that name it. One with none of these stays in, and so does one whose parent is a stub.
-- is_itsms: NULL where the system or the audit's systems could not be read. Body and client follow in the same order.
with naming as (
    select
        decision_id,
        min(certificate_id) as certificate_id,
        case
            when bool_or(system = 'ITSMS') then true
            when count(*) = count(system) then false
        end as is_itsms
    from {{ ref('stg_certificate') }}
    where decision_id is not null
        and not is_stub
    group by decision_id
),

decisions as (
    select
        decisions.decision_id,
        decisions.kind,
        decisions.decided_on,
        decisions.decided_by,
        decisions.notified_on,
        decisions.unreadable_columns,
        decisions.audit_id,
        decisions.audit_id is null as has_no_audit,
        decisions.audit_id is not null and audits.audit_id is null as is_audit_stub,
        audits.application_id,
        audits.audit_type,
        audits.status as audit_status,
        audits.certificate_id as audited_certificate_id,
        audits.report_issued_on,
        audits.conclusion,
        audits.top_manager_competent,
        audits.actual_end as audit_ended_on,
        audits.is_completed as is_audit_completed,
        audits.unreadable_columns as audit_unreadable_columns,
        case
            when audits.audit_id is not null then audits.is_itsms
            when decisions.audit_id is not null then true
            when certificates.is_stub then true
            when certificates.certificate_id is not null then certificates.system = 'ITSMS'
            when naming.decision_id is not null then naming.is_itsms
            else true
        end as is_itsms,
        case when decisions.audit_id is null then certificates.certificate_id end as certificate_id,
        case
            when audits.audit_id is not null then audits.body_id
            when decisions.audit_id is null then certificates.body_id
        end as body_id,
        case
            when audits.audit_id is not null then audits.org_id
            when decisions.audit_id is null then certificates.org_id
        end as org_id
    from {{ ref('stg_decision') }} as decisions
    left join {{ ref('int_audit') }} as audits on decisions.audit_id = audits.audit_id
    left join {{ ref('stg_certificate') }} as own on decisions.certificate_id = own.certificate_id
    left join naming on decisions.decision_id = naming.decision_id
    left join {{ ref('stg_certificate') }} as certificates
        on coalesce(own.certificate_id, naming.certificate_id) = certificates.certificate_id
    where not decisions.is_stub
)

select
    decisions.*,
    clients.is_abroad,
    coalesce(clients.is_stub, true) as is_client_unknown
from decisions
left join {{ ref('int_client') }} as clients on decisions.org_id = clients.org_id
where {{ in_population('decisions.is_itsms') }}
