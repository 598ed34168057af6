-- 5.5.5, 5.11.5 A terminated audit has a reason and a report, and nothing is granted, renewed, extended or maintained on it.
with positive_decisions as (
    select
        audit_id,
        min(case when kind in ('grant', 'renew', 'extend', 'maintain') then {{ happened('decided_on') }} end) as decided_on,
        bool_or(coalesce(kind in ('grant', 'renew', 'extend', 'maintain'), true) and (kind is null or decided_on is null))
            as may_be_decided
    from {{ ref('stg_decision') }}
    where audit_id is not null
        and (decided_on is null or decided_on <= {{ as_of() }})
    group by audit_id
),

judged as (
    select
        audits.*,
        audits.audit_id as subject_id,
        audits.actual_start as anchor_on,
        audits.is_itsms and audits.is_terminated as is_judged,
        {{ happened('audits.report_issued_on') }} as reported_on,
        positive_decisions.decided_on,
        case when positive_decisions.decided_on is null then '' else '，却作出授予、更新、扩大或保持的决定' end as decided_zh,
        case
            when {{ is_blank('audits.termination_reason') }} then 'breach'
            when positive_decisions.decided_on is not null then 'breach'
            when {{ is_unreadable('report_issued_on', 'audits') }} then 'undetermined'
            when {{ happened('audits.report_issued_on') }} is null then 'breach'
            when positive_decisions.may_be_decided then 'undetermined'
            else 'pass'
        end as state
    from {{ ref('int_audit__itsms') }} as audits
    left join positive_decisions on audits.audit_id = positive_decisions.audit_id
    where {{ in_population('audits.is_itsms and audits.is_terminated') }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('终止理由：{termination_reason}，终止报告日 {reported_on}{decided_zh}'),
    evidence=['audit_type', 'termination_reason', 'reported_on', 'decided_on']
) }}
