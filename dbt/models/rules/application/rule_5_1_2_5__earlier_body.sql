-- 5.1.2 (5) A waiting time passes after the earlier body's loss of its qualification.
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
        applications.prior_body_revoked_on,
        case
            when applications.reviewed_on is null and not coalesce(applications.has_begun, false) then 'undetermined'
            else {{ state_if(
                unless_unreadable(
                    add_months(
                        happened('applications.prior_body_revoked_on'),
                        parameter('prior_body_wait_months', on='applications.submitted_on')
                    ) ~ ' > applications.submitted_on',
                    ['prior_body_revoked_on'],
                    'applications'
                )
            ) }}
        end as state
    from {{ ref('int_application__judged') }} as applications
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('原发证机构资质撤销于 {prior_body_revoked_on}，申请于 {submitted_on}，受理于 {reviewed_on}'),
    evidence=['submitted_on', 'reviewed_on', 'prior_body_revoked_on']
) }}
