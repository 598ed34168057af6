-- Applications, contracts, decisions, complaints, internal audits and reports to the authority, by the period
-- in which they fell. Sums of money are those of the contracts signed in the period.
with decision_bodies as (
    select
        decisions.kind,
        decisions.decided_on,
        coalesce(audits.body_id, certificates.body_id, persons.body_id) as body_id
    from {{ ref('stg_decision') }} as decisions
    inner join {{ ref('stg_person') }} as persons on decisions.decided_by = persons.person_id
    left join {{ ref('stg_audit') }} as audits on decisions.audit_id = audits.audit_id
    left join {{ ref('stg_certificate') }} as certificates on decisions.certificate_id = certificates.certificate_id
),

answers as (
    select
        *,
        {{ add_days('received_on', parameter('complaint_answer_days', on='received_on')) }} as due_on
    from {{ ref('stg_complaint') }}
),

occurrences as (
    select
        body_id,
        submitted_on as day_on,
        'applications' as topic,
        kind as item,
        'submitted' as measure,
        1 as amount
    from {{ ref('stg_application') }}
    union all
    select
        body_id,
        reviewed_on as day_on,
        'applications' as topic,
        kind as item,
        review_result as measure,
        1 as amount
    from {{ ref('stg_application') }}
    where review_result is not null
    union all
    select
        body_id,
        contract_signed_on as day_on,
        'applications' as topic,
        kind as item,
        'contracts' as measure,
        1 as amount
    from {{ ref('stg_application') }}
    union all
    select
        body_id,
        contract_signed_on as day_on,
        'applications' as topic,
        kind as item,
        'contract_fee' as measure,
        contract_fee as amount
    from {{ ref('stg_application') }}
    where contract_fee is not null
    union all
    select
        body_id,
        contract_signed_on as day_on,
        'applications' as topic,
        kind as item,
        'without_fee' as measure,
        1 as amount
    from {{ ref('stg_application') }}
    where contract_fee is null
    union all
    select
        body_id,
        decided_on as day_on,
        'decisions' as topic,
        kind as item,
        'decided' as measure,
        1 as amount
    from decision_bodies
    union all
    select
        body_id,
        received_on as day_on,
        'complaints' as topic,
        kind as item,
        'received' as measure,
        1 as amount
    from answers
    union all
    select
        body_id,
        received_on as day_on,
        'complaints' as topic,
        kind as item,
        case
            when notified_on <= due_on and notified_on <= {{ as_of() }} then 'answered_in_time'
            when notified_on <= {{ as_of() }} then 'answered_late'
            when due_on < {{ as_of() }} then 'overdue'
            else 'open'
        end as measure,
        1 as amount
    from answers
    union all
    select
        body_id,
        held_on as day_on,
        'internal_audits' as topic,
        'all' as item,
        'held' as measure,
        1 as amount
    from {{ ref('stg_internal_audit') }}
    union all
    select
        body_id,
        due_on as day_on,
        'reports' as topic,
        kind as item,
        'due' as measure,
        1 as amount
    from {{ ref('fct_submission_deadline') }}
    union all
    select
        body_id,
        due_on as day_on,
        'reports' as topic,
        kind as item,
        case
            when done_on <= due_on then 'in_time'
            when done_on > due_on then 'late'
            when due_on < {{ as_of() }} then 'missing'
            else 'pending'
        end as measure,
        1 as amount
    from {{ ref('fct_submission_deadline') }}
)

select
    occurrences.body_id,
    periods.period,
    occurrences.topic,
    occurrences.item,
    occurrences.measure,
    cast(sum(occurrences.amount) as decimal(18, 4)) as value
from occurrences
inner join {{ ref('sub_statistics__period') }} as periods
    on occurrences.day_on >= periods.first_on
    and occurrences.day_on <= periods.reported_until
group by occurrences.body_id, periods.period, occurrences.topic, occurrences.item, occurrences.measure
