-- What a certificate rests on: the decision that granted it, the audit decided on, its application and the
-- stage 1 before it. A sub-certificate without a decision of its own rests on its main certificate's.
with certificates as (
    select
        certificates.certificate_id,
        coalesce(certificates.decision_id, parents.decision_id) as decision_id
    from {{ ref('int_certificate') }} as certificates
    left join {{ ref('int_certificate') }} as parents
        on certificates.parent_certificate_id = parents.certificate_id
    where {{ is_submitted_system('certificates.system') }}
),

audited as (
    select
        certificates.certificate_id,
        certificates.decision_id,
        audits.audit_id,
        audits.audit_type,
        audits.application_id,
        audits.actual_end
    from certificates
    left join {{ ref('stg_decision') }} as decisions on certificates.decision_id = decisions.decision_id
    left join {{ ref('stg_audit') }} as audits on decisions.audit_id = audits.audit_id
),

first_stages as (
    select
        audited.certificate_id,
        stages.audit_id as stage1_audit_id
    from audited
    inner join {{ ref('stg_audit') }} as stages
        on audited.application_id = stages.application_id
        and stages.actual_end <= audited.actual_end
    where audited.audit_type = 'stage2'
        and stages.audit_type = 'stage1'
        and stages.status = 'completed'
        and stages.actual_end <= {{ as_of() }}
    qualify row_number() over (
        partition by audited.certificate_id order by stages.actual_end desc, stages.audit_id desc
    ) = 1
)

select
    audited.certificate_id,
    audited.decision_id,
    audited.audit_id,
    first_stages.stage1_audit_id,
    audited.application_id,
    applications.kind as application_kind,
    applications.headcount_effective as application_headcount,
    applications.contract_no,
    applications.contract_fee,
    applications.transfer_from_approval_no,
    applications.transfer_from_certificate_no
from audited
left join first_stages on audited.certificate_id = first_stages.certificate_id
left join {{ ref('stg_application') }} as applications on audited.application_id = applications.application_id
