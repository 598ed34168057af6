-- 5.4.4.3 No more trainees than auditors, and each trainee under an auditor of the team.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        auditors,
        trainees,
        trainees_without_mentor,
        case
            when trainees > auditors then 'breach'
            when trainees_without_mentor > 0 then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_audit__team_counts') }}
)

{{ judgement(
    'judged',
    found="'审核员 ' || " ~ shown('auditors') ~ " || ' 名，实习审核员 ' || " ~ shown('trainees') ~ " || ' 名，其中未由本组审核员指导的 ' || " ~ shown('trainees_without_mentor') ~ " || ' 名'",
    evidence=['auditors', 'trainees', 'trainees_without_mentor']
) }}
