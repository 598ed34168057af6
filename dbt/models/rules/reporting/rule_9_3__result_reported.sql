-- 9.3 The certification result is reported by the 10th of the month after issue, holidays or not.
with reports as (
    select
        subject_id as certificate_id,
        min(reported_on) as reported_on
    from {{ ref('int_report__accepted') }}
    where kind = 'certification_result'
        and coalesce(recipient, 'CNCA') = 'CNCA'
    group by subject_id
),

judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.body_id,
        certificates.issued_on as anchor_on,
        certificates.issued_on,
        certificates.certificate_no,
        {{ add_days(add_months(month_start('certificates.issued_on'), 1), parameter('result_report_day_of_month') ~ ' - 1') }} as due_on,
        reports.reported_on as observed_on
    from {{ ref('int_certificate__itsms') }} as certificates
    left join reports on certificates.certificate_id = reports.certificate_id
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('result_report_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['certificate_no', 'issued_on']) }}
