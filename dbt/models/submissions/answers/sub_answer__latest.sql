-- How the report of a subject stands with CNCA on as_of: accepted once is accepted for good; else the latest
-- report decides. Rejected, or without an answer on record, it is to be reported again.
with reports as (
    select
        kind,
        subject_id,
        result,
        row_number() over (
            partition by kind, subject_id
            order by case when result = 'accepted' then 0 else 1 end, reported_on desc, report_id desc
        ) as place
    from {{ ref('stg_cnca_report') }}
    where reported_on <= {{ as_of() }}
        and subject_id is not null
        -- As the rules read it: a plan is reported to CNCA by name, the rest may leave the recipient open.
        and (recipient = 'CNCA' or (recipient is null and kind <> 'audit_plan'))
)

select
    kind,
    subject_id,
    result,
    coalesce(result in ('accepted', 'pending'), false) as is_settled
from reports
where place = 1
