-- What is still to be reported, one by one, with the days that are left and the next step as the records know it: how far
-- the file has come stands in the ledger, beside the warehouse.
select
    due.body_id,
    bodies.name as body_name,
    due.kind,
    due.report_kind,
    due.period,
    -- The period as the submission's folder is called.
    case when due.kind = 'monthly_statistics' then due.period || '-' || due.recipient else due.period end as filing_period,
    due.recipient,
    due.subject_type,
    due.subject_id,
    case
        when due.due_on is null then 'undetermined'
        when due.is_overdue then 'overdue'
        when due.days_left <= {{ parameter('worklist_soon_days') }} then 'soon'
        when due.days_left <= {{ parameter('worklist_ahead_days') }} then 'ahead'
        else 'later'
    end as urgency,
    coalesce(due.is_overdue, false) as is_overdue,
    due.due_on,
    due.days_left,
    due.reported_state,
    case
        when due.reported_state = 'rejected' then 'resend'
        when due.reported_state = 'pending' then 'await'
        when due.prepare_from_on > {{ as_of() }} then 'prepare_later'
        else 'prepare'
    end as next_step,
    due.prepare_from_on,
    due.clause,
    due.rule_id,
    certificates.certificate_id,
    certificates.org_name
from {{ ref('fct_submission_calendar') }} as due
left join {{ ref('dim_certification_body') }} as bodies on due.body_id = bodies.body_id
left join {{ ref('dim_certificate') }} as certificates
    on case when due.subject_type = 'certificate' then due.subject_id end = certificates.certificate_id
