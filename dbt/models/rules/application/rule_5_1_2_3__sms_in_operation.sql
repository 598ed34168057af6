-- 5.1.2 (3) The service-management system has run for three months when the application is submitted.
with judged as (
    select
        *,
        application_id as subject_id,
        submitted_on as anchor_on,
        case
            when reviewed_on is null or sms_operating_since is null then 'undetermined'
            when {{ add_months('sms_operating_since', parameter('sms_operation_months_min', on='submitted_on')) }} > submitted_on then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_application__accepted') }}
)

{{ judgement(
    'judged',
    found="'体系运行自 ' || " ~ shown('sms_operating_since') ~ " || '，申请于 ' || " ~ shown('submitted_on') ~ " || '，受理于 ' || " ~ shown('reviewed_on'),
    evidence=['submitted_on', 'reviewed_on', 'sms_operating_since']
) }}
