-- What is to be reported to the authority about a certificate: the certificate itself, its audits, its changes. An audit
-- that belongs to two certificates stands with both.
with subjects as (
    select
        certificate_id,
        'certificate' as subject_type,
        certificate_id as subject_id
    from {{ ref('dim_certificate') }}
    union all
    select
        certificate_id,
        'audit' as subject_type,
        audit_id as subject_id
    from {{ ref('fct_certificate_audit') }}
    union all
    select
        certificate_id,
        'event' as subject_type,
        event_id as subject_id
    from {{ ref('fct_certificate_event') }}
)

select
    subjects.certificate_id,
    deadlines.kind,
    deadlines.subject_type,
    deadlines.subject_id,
    deadlines.progress,
    deadlines.due_on,
    deadlines.done_on
from {{ ref('fct_submission_deadline') }} as deadlines
inner join subjects
    on deadlines.subject_type = subjects.subject_type
    and deadlines.subject_id = subjects.subject_id
