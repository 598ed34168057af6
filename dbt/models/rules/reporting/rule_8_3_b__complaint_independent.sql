-- 8.3 An appeal or complaint is decided by someone who had no part in the matter.
with decision_makers as (
    select distinct
        audit_id,
        decided_by as person_id
    from {{ ref('stg_decision') }}
    where decided_on <= {{ as_of() }}
        and audit_id is not null
),

judged as (
    select
        complaints.complaint_id as subject_id,
        complaints.body_id,
        complaints.received_on as anchor_on,
        complaints.kind,
        complaints.audit_id,
        complaints.decided_by,
        case
            when complaints.audit_id is null or complaints.decided_by is null then 'undetermined'
            when assignments.person_id is not null then 'breach'
            when decision_makers.person_id is not null then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_complaint__itsms') }} as complaints
    left join {{ ref('stg_audit_assignment') }} as assignments
        on complaints.audit_id = assignments.audit_id
        and complaints.decided_by = assignments.person_id
    left join decision_makers
        on complaints.audit_id = decision_makers.audit_id
        and complaints.decided_by = decision_makers.person_id
    where complaints.decided_on <= {{ as_of() }}
)

{{ judgement(
    'judged',
    found="case when audit_id is null then '未记录所涉审核' when decided_by is null then '未记录处理决定人员' else '处理决定人员 ' || decided_by || ' 参与过审核 ' || audit_id || ' 或其认证决定' end",
    evidence=['kind', 'audit_id', 'decided_by']
) }}
