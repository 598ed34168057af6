-- 9.3 Day by which each certificate's result is to be reported (the 10th of the month after issue, holidays
-- or not), and the day it was.
with reports as (
    select
        subject_id as certificate_id,
        min(reported_on) as reported_on
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
    {{ add_days(
        add_months(month_start('certificates.issued_on'), 1),
        parameter('result_report_day_of_month', on='certificates.issued_on') ~ ' - 1'
    ) }} as due_on,
    reports.reported_on
from {{ ref('int_certificate__itsms') }} as certificates
left join reports on certificates.certificate_id = reports.certificate_id
