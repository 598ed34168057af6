-- 5.11.1 The audit report is issued before the decision is taken.
with judged as (
    select
        decision_id as subject_id,
        decision_id,
        body_id,
        decided_on as anchor_on,
        kind,
        audit_id,
        decided_on,
        report_issued_on as observed_on,
        is_abroad,
        is_itsms as is_member,
        case
            when has_no_audit or is_audit_stub then 'undetermined'
            when {{ is_unreadable('report_issued_on', 'decisions').replace('unreadable_columns', 'audit_unreadable_columns') }} then 'undetermined'
            when coalesce(report_issued_on > decided_on, true) then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_decision__itsms') }} as decisions
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['decision_id', 'audit_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '{what}',
        what="case when audit_id is null then '认证决定没有关联审核' else '决定日 ' || " ~ shown('decided_on') ~ " || '，审核报告日 ' || " ~ shown('observed_on') ~ " || '，应不晚于决定日' end"
    ),
    evidence=['kind', 'audit_id', 'decided_on', 'observed_on']
) }}
