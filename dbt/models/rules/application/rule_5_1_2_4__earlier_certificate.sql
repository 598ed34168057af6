-- 5.1.2 (4) A year passes after an earlier certificate's end for the client's own reason.
with judged as (
    select
        *,
        application_id as subject_id,
        submitted_on as anchor_on,
        case
            when reviewed_on is null then 'undetermined'
            when {{ add_months(
                happened('prior_certificate_ended_on'),
                parameter('prior_certificate_wait_months', on='submitted_on')
            ) }} > submitted_on then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_application__accepted') }}
)

{{ judgement(
    'judged',
    found="'原证书因自身原因终止于 ' || " ~ shown('prior_certificate_ended_on') ~ " || '，申请于 ' || " ~ shown('submitted_on') ~ " || '，受理于 ' || " ~ shown('reviewed_on'),
    evidence=['submitted_on', 'reviewed_on', 'prior_certificate_ended_on']
) }}
