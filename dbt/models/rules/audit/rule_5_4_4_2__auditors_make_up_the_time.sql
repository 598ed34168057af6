-- 5.4.4.2, 5.4.4.3 The auditors alone make up the on-site time: technical experts and trainees do not count. A stub that
-- could be an auditor leaves it open.
with days as (
    select
        audit_id,
        coalesce(sum(case when is_auditor and not is_stub_person then {{ wide_days('member_days') }} end), 0) as auditor_days,
        coalesce(sum(case when coalesce(is_auditor, true) then {{ wide_days('member_days') }} end), 0) as auditor_days_at_best,
        bool_or(coalesce(is_auditor, true) and member_days is null) as are_days_missing
    from {{ ref('int_team__member') }}
    where not is_plan
    group by audit_id
),

audits as (
    select
        *,
        {{ is_completed_itsms() }} and not is_combined as is_judged
    from {{ ref('int_audit__itsms') }}
),

judged as (
    select
        audits.*,
        audits.audit_id as subject_id,
        audits.actual_start as anchor_on,
        coalesce(days.auditor_days, 0) as auditor_days,
        case
            when audits.onsite_days is null then 'undetermined'
            when coalesce(days.auditor_days, 0) >= audits.onsite_days then 'pass'
            when coalesce(days.are_days_missing, false) or coalesce(days.auditor_days_at_best, 0) >= audits.onsite_days then 'undetermined'
            else 'breach'
        end as state
    from audits
    left join days on audits.audit_id = days.audit_id
    where {{ in_population('audits.is_judged') }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('现场审核时间 {onsite_days:number} 人日，其中审核员合计 {auditor_days:number} 人日'),
    evidence=['onsite_days', 'auditor_days']
) }}
