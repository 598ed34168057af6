-- ICAS 6.4.2.2 j) The same team does not audit a client in two consecutive cycles.
with certificates as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.issued_on,
        certificates.previous_certificate_id,
        decisions.audit_id,
        previous_decisions.audit_id as previous_audit_id
    from {{ ref('int_certificate__itsms') }} as certificates
    left join {{ ref('stg_decision') }} as decisions
        on certificates.decision_id = decisions.decision_id
        and decisions.decided_on <= {{ as_of() }}
    left join {{ ref('stg_certificate') }} as previous
        on certificates.previous_certificate_id = previous.certificate_id
    left join {{ ref('stg_decision') }} as previous_decisions
        on previous.decision_id = previous_decisions.decision_id
        and previous_decisions.decided_on <= {{ as_of() }}
    where certificates.previous_certificate_id is not null
),

members as (
    select
        certificates.certificate_id,
        assignments.person_id,
        1 as is_now,
        0 as is_before
    from certificates
    inner join {{ ref('stg_audit_assignment') }} as assignments
        on certificates.audit_id = assignments.audit_id
    where assignments.role in ('leader', 'auditor')
    union all
    select
        certificates.certificate_id,
        assignments.person_id,
        0 as is_now,
        1 as is_before
    from certificates
    inner join {{ ref('stg_audit_assignment') }} as assignments
        on certificates.previous_audit_id = assignments.audit_id
    where assignments.role in ('leader', 'auditor')
),

persons as (
    select
        certificate_id,
        person_id,
        max(is_now) as is_now,
        max(is_before) as is_before
    from members
    group by certificate_id, person_id
),

teams as (
    select
        certificate_id,
        sum(is_now) as auditors,
        sum(is_before) as auditors_before,
        sum(is_now * is_before) as auditors_in_both
    from persons
    group by certificate_id
),

judged as (
    select
        certificates.*,
        certificates.certificate_id as subject_id,
        certificates.issued_on as anchor_on,
        coalesce(teams.auditors, 0) as auditors,
        coalesce(teams.auditors_before, 0) as auditors_before,
        case
            when certificates.audit_id is null or certificates.previous_audit_id is null then 'undetermined'
            when teams.auditors = teams.auditors_in_both and teams.auditors_before = teams.auditors_in_both then 'breach'
            else 'pass'
        end as state
    from certificates
    left join teams on certificates.certificate_id = teams.certificate_id
)

{{ judgement(
    'judged',
    found="case state when 'undetermined' then '本周期或上一周期证书没有关联的认证决定审核'"
        ~ " else '审核 ' || audit_id || ' 与上一周期审核 ' || previous_audit_id || ' 的审核员完全相同，共 ' || " ~ shown('auditors') ~ " || ' 名' end",
    evidence=['previous_certificate_id', 'audit_id', 'previous_audit_id', 'auditors', 'auditors_before']
) }}
