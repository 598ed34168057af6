-- 5.5.5, 5.11.5 A terminated audit has a reason and a report, and no certificate is granted, renewed or extended on it.
with positive_decisions as (
    select
        audit_id,
        min(decided_on) as decided_on
    from {{ ref('stg_decision') }}
    where kind in ('grant', 'renew', 'extend')
        and decided_on <= {{ as_of() }}
        and audit_id is not null
    group by audit_id
),

judged as (
    select
        audits.audit_id as subject_id,
        audits.body_id,
        audits.actual_start as anchor_on,
        audits.audit_type,
        audits.termination_reason,
        {{ happened('audits.report_issued_on') }} as report_issued_on,
        positive_decisions.decided_on,
        case
            when {{ is_blank('audits.termination_reason') }} then 'breach'
            when {{ happened('audits.report_issued_on') }} is null then 'breach'
            when positive_decisions.decided_on is not null then 'breach'
            else 'pass'
        end as state
    from {{ ref('stg_audit') }} as audits
    left join positive_decisions on audits.audit_id = positive_decisions.audit_id
    where audits.status = 'terminated'
        and {{ list_has('audits.systems', 'ITSMS') }}
)

{{ judgement(
    'judged',
    found="'终止理由：' || " ~ shown('termination_reason') ~ " || '，终止报告日 ' || " ~ shown('report_issued_on')
        ~ " || case when decided_on is null then '' else '，却在 ' || cast(decided_on as " ~ dbt.type_string() ~ ") || ' 作出授予、更新或扩大的决定' end",
    evidence=['audit_type', 'termination_reason', 'report_issued_on', 'decided_on']
) }}
