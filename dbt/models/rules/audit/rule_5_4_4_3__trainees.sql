-- 5.4.4.3 No more trainees than auditors, and each trainee under an auditor of the team.
with judged as (
    select
        *,
        audit_id as subject_id,
        start_on as anchor_on,
        team_state as state
    from {{ ref('int_team__trainee') }}
    where not is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_subject',
    found=say('审核员 {auditors} 名，实习审核员 {trainees} 名，其中未由本组审核员指导的 {without_mentor} 名'),
    evidence=['auditors', 'trainees', 'without_mentor']
) }}
