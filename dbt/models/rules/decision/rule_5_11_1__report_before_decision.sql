-- 5.11.1 The audit report is issued before the decision is taken.
with judged as (
    select
        decision_id as subject_id,
        body_id,
        decided_on as anchor_on,
        kind,
        audit_id,
        decided_on,
        report_issued_on as observed_on,
        case
            when audit_id is null then 'undetermined'
            when report_issued_on is null then 'breach'
            when report_issued_on > decided_on then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_decision__itsms') }}
)

{{ judgement(
    'judged',
    has=['observed_on'],
    found="case when audit_id is null then '认证决定没有关联审核' else '决定日 ' || " ~ shown('decided_on') ~ " || '，审核报告日 ' || " ~ shown('observed_on') ~ " || '，应不晚于决定日' end",
    evidence=['kind', 'audit_id', 'decided_on', 'observed_on']
) }}
