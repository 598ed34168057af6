-- 9.4 Suspension, revocation and cancellation are reported within two working days.
with judged as (
    select
        *,
        event_id as subject_id,
        effective_on as anchor_on,
        reported_on as observed_on,
        due_on < reporting_since as is_before_cut_over,
        case
            when is_unsure or event is null or is_reporting_since_unknown then 'undetermined'
            else {{ report_state('due_on', 'reported_on', parameter('status_report_horizon_days')) }}
        end as state
    from {{ ref('int_report__status_change_due') }}
    where event <> 'restored'
        or event is null
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    member="case when event is not null then nullif(is_unsure, true) end",
    keys=['event_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    exempt='is_before_cut_over',
    evidence=['certificate_id', 'event', 'effective_on', 'reporting_since']
) }}
