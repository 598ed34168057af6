-- 5.1.2 (5) Three months pass after the earlier body's loss of its qualification.
with judged as (
    select
        *,
        application_id as subject_id,
        submitted_on as anchor_on,
        case
            when reviewed_on is null then 'undetermined'
            when {{ add_months(happened('prior_body_revoked_on'), parameter('prior_body_wait_months', on='submitted_on')) }} > submitted_on then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_application__accepted') }}
)

{{ judgement(
    'judged',
    found="'原发证机构资质撤销于 ' || " ~ shown('prior_body_revoked_on') ~ " || '，申请于 ' || " ~ shown('submitted_on') ~ " || '，受理于 ' || " ~ shown('reviewed_on'),
    evidence=['submitted_on', 'reviewed_on', 'prior_body_revoked_on']
) }}
