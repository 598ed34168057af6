-- 5.1.2 (3) The service-management system has run long enough when the application is submitted.
with judged as (
    select
        applications.application_id,
        applications.application_id as subject_id,
        applications.body_id,
        applications.org_id,
        applications.is_abroad,
        applications.is_judged,
        applications.reviewed_on,
        applications.submitted_on as anchor_on,
        applications.submitted_on,
        applications.sms_operating_since,
        case
            when applications.reviewed_on is null and not coalesce(applications.has_begun, false) then 'undetermined'
            else {{ state_if(
                add_months('applications.sms_operating_since', parameter('sms_operation_months_min', on='applications.submitted_on'))
                ~ ' > applications.submitted_on'
            ) }}
        end as state
    from {{ ref('int_application__judged') }} as applications
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('体系运行自 {sms_operating_since}，申请于 {submitted_on}，受理于 {reviewed_on}'),
    evidence=['submitted_on', 'reviewed_on', 'sms_operating_since']
) }}
