-- 5.4.4.2, 5.4.4.3 The auditors alone make up the on-site time: technical experts and trainees do not count.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        onsite_days,
        auditor_days,
        case
            when onsite_days is null then 'undetermined'
            when auditor_days < onsite_days then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_audit__team_counts') }}
    where systems = 'ITSMS'
)

{{ judgement(
    'judged',
    found="'现场审核时间 ' || " ~ shown_number('onsite_days') ~ " || ' 人日，其中审核员合计 ' || " ~ shown_number('auditor_days') ~ " || ' 人日'",
    evidence=['onsite_days', 'auditor_days']
) }}
