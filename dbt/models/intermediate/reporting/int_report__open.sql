-- What came of reports that were not accepted: the latest answer by as_of. One that waits since the day on which an
-- earlier one was sent back is its correction. A report without a result on record shows nothing.
with reports as (
    select
        kind,
        case
            when kind in ('audit_plan', 'certification_result', 'status_change') then subject_id
            else body_id || '|' || period
        end as report_key,
        coalesce(recipient, 'CNCA') as recipient,
        case when result = 'rejected' then reported_on end as rejected_on,
        case when result = 'pending' then reported_on end as pending_on
    from {{ ref('stg_cnca_report') }}
    where reported_on <= {{ as_of() }}
)

select
    kind,
    report_key,
    recipient,
    case
        when max(pending_on) is null or max(rejected_on) > max(pending_on) then 'rejected'
        else 'pending'
    end as reported_state
from reports
where report_key is not null
    and coalesce(rejected_on, pending_on) is not null
group by kind, report_key, recipient
