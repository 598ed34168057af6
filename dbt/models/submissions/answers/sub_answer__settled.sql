-- Plans and changes of status that need not be reported again on as_of: CNCA has accepted them, or has not yet
-- answered the latest report of them. Rejected, or without an answer on record, they are to be reported again.
with reports as (
    select
        report_id,
        kind,
        subject_id,
        reported_on,
        result
    from {{ ref('stg_cnca_report') }}
    where kind in ('audit_plan', 'status_change')
        and reported_on <= {{ as_of() }}
        and subject_id is not null
        -- As the rules read it: a plan is reported to CNCA by name, a change of status may leave it open.
        and (recipient = 'CNCA' or (recipient is null and kind = 'status_change'))
),

accepted as (
    select
        kind,
        subject_id
    from reports
    where result = 'accepted'
    group by kind, subject_id
),

latest_others as (
    select *
    from reports
    where result is null or result <> 'accepted'
    qualify row_number() over (
        partition by kind, subject_id order by reported_on desc, report_id desc
    ) = 1
)

select
    kind,
    subject_id
from accepted
union all
select
    latest_others.kind,
    latest_others.subject_id
from latest_others
left join accepted
    on latest_others.kind = accepted.kind
    and latest_others.subject_id = accepted.subject_id
where latest_others.result = 'pending'
    and accepted.subject_id is null
