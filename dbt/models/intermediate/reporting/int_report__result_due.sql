-- 9.3 Day by which each certificate's result is to be reported (the 10th of the month after issue, holidays
-- or not), and the day it was.
with reports as (
    select
        subject_id as certificate_id,
        min(reported_on) as reported_on,
        min(unsure_on) as unsure_on,
        bool_or(has_unsure_day) as has_unsure_day
    from {{ ref('int_report__accepted') }}
    where kind = 'certification_result'
        and coalesce(recipient, 'CNCA') = 'CNCA'
    group by subject_id
)

select
    certificates.certificate_id,
    certificates.certificate_no,
    certificates.body_id,
    certificates.issued_on,
    certificates.org_id,
    certificates.is_itsms is null as is_unsure,
    coalesce(certificates.is_abroad, false) as is_abroad,
    bodies.reporting_since,
    coalesce(bodies.is_stub, true) or {{ is_unreadable('reporting_since', 'bodies') }} as is_reporting_since_unknown,
    {{ add_days(
        add_months(month_start('certificates.issued_on'), 1),
        parameter('result_report_day_of_month', on='certificates.issued_on') ~ ' - 1'
    ) }} as due_on,
    reports.reported_on,
    reports.unsure_on,
    reports.has_unsure_day
from {{ ref('int_certificate__itsms') }} as certificates
left join reports on certificates.certificate_id = reports.certificate_id
left join {{ ref('stg_certification_body') }} as bodies on certificates.body_id = bodies.body_id
