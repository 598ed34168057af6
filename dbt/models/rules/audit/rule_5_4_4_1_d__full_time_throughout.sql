-- 5.4.4.1 (3) A full-time auditor takes part from the first day of the audit to the last.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        actual_start,
        actual_end,
        auditors,
        case when full_time_throughout = 0 then 'breach' else 'pass' end as state
    from {{ ref('int_audit__team_counts') }}
)

{{ judgement(
    'judged',
    found="'审核 ' || " ~ shown('actual_start') ~ " || ' 至 ' || " ~ shown('actual_end') ~ " || '，审核员 ' || " ~ shown('auditors') ~ " || ' 名，无专职审核员全程参加'",
    evidence=['actual_start', 'actual_end', 'auditors']
) }}
