-- 5.11.1 Every audit has a report: at the latest when the next audit of the application or of the line begins. Where a
-- decision was taken on the audit R5.11.1 reports.
with decided as (
    select
        audit_id,
        bool_or(decided_on <= {{ as_of() }}) as is_decided,
        bool_or(decided_on is null) as may_be_decided
    from {{ ref('stg_decision') }}
    where audit_id is not null
        and not is_stub
    group by audit_id
),

audits as (
    select *
    from {{ ref('int_audit__itsms') }}
    where {{ in_population('is_completed') }}
),

next_audits as (
    select
        audits.audit_id,
        others.audit_id as next_audit_id,
        others.actual_start,
        -- After a stage 1 comes a stage 2.
        others.is_begun
            and others.is_itsms
            and others.actual_start > audits.actual_end
            and (audits.audit_type <> 'stage1' or others.audit_type = 'stage2') as is_next
    from audits
    inner join {{ ref('int_audit__itsms') }} as others
        on audits.application_id = others.application_id
    where audits.audit_id <> others.audit_id
    union
    select
        audits.audit_id,
        others.audit_id as next_audit_id,
        others.actual_start,
        others.is_begun
            and others.is_itsms
            and others.actual_start > audits.actual_end
            and (audits.audit_type <> 'stage1' or others.audit_type = 'stage2') as is_next
    from audits
    inner join {{ ref('int_certificate__line_audit') }} as others
        on audits.certificate_id = others.certificate_id
    where audits.audit_id <> others.audit_id
),

followed as (
    select
        audit_id,
        min(case when is_next then actual_start end) as next_started_on,
        bool_or(is_next is null) as may_be_followed
    from next_audits
    where {{ in_population('is_next') }}
    group by audit_id
),

judged as (
    select
        audits.audit_id as subject_id,
        audits.audit_id,
        audits.body_id,
        audits.actual_end as anchor_on,
        audits.actual_end,
        audits.is_abroad,
        audits.is_completed and audits.is_itsms as is_member,
        {{ happened('audits.report_issued_on') }} as observed_on,
        followed.next_started_on,
        {{ is_unreadable('report_issued_on', 'audits') }} as is_report_unreadable,
        coalesce(decided.may_be_decided, false) as may_be_decided,
        case
            when coalesce(decided.is_decided, false) then 'not_applicable'
            when {{ happened('audits.report_issued_on') }} is not null then 'pass'
            when followed.next_started_on is not null then 'breach'
            when coalesce(followed.may_be_followed, false) then 'undetermined'
            when {{ as_of() }} > {{ add_days('audits.actual_end', parameter('house_report_days', on='audits.actual_end')) }} then 'warning'
            else 'pass'
        end as known_state
    from audits
    left join decided on audits.audit_id = decided.audit_id
    left join followed on audits.audit_id = followed.audit_id
),

stated as (
    select
        *,
        case
            when known_state in ('breach', 'warning') and is_report_unreadable then 'undetermined'
            when known_state <> 'not_applicable' and may_be_decided then 'undetermined'
            else known_state
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    keys=['audit_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('审核结束于 {actual_end}，审核报告 {observed_on}，下一次审核开始于 {next_started_on}'),
    evidence=['audit_id', 'actual_end', 'next_started_on', 'observed_on']
) }}
