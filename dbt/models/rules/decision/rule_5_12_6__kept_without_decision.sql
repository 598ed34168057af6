-- 5.12.6 A certification is kept without a decision only where the surveillance gave no ground for one: no major
-- nonconformity, no change of the certificate, not terminated, and the team in favour.
with answered as (
    select
        audit_id,
        bool_or(kind in ('maintain', 'refuse', 'extend', 'reduce') and decided_on <= {{ as_of() }}) as is_decided,
        bool_or((kind in ('maintain', 'refuse', 'extend', 'reduce') and decided_on <= {{ as_of() }}) is null) as may_be_decided
    from {{ ref('stg_decision') }}
    where audit_id is not null
        and not is_stub
    group by audit_id
),

audits as (
    select
        audits.*,
        case
            when coalesce(answered.may_be_decided, false) then null
            else audits.is_held and audits.audit_type = 'surveillance' and audits.is_itsms
        end as is_member
    from {{ ref('int_audit__itsms') }} as audits
    left join answered on audits.audit_id = answered.audit_id
    where {{ in_population("audits.is_held and audits.audit_type = 'surveillance'") }}
        and not coalesce(answered.is_decided, false)
),

next_audits as (
    select
        audits.audit_id,
        min(case
            when others.is_begun and others.is_itsms and others.actual_start > audits.actual_start then others.actual_start
        end) as next_started_on,
        min(case
            when others.is_begun and others.is_itsms and others.audit_type in ('surveillance', 'recertification')
                and others.actual_start > audits.actual_start
                then others.actual_start
        end) as next_surveillance_on,
        bool_or((others.is_begun and others.is_itsms and others.audit_type in ('surveillance', 'recertification')) is null) as is_next_in_question
    from audits
    inner join {{ ref('int_certificate__line_audit') }} as others on audits.certificate_id = others.certificate_id
    where coalesce(others.actual_start > audits.actual_start, true)
        and audits.audit_id <> others.audit_id
    group by audits.audit_id
),

majors as (
    select
        audit_id,
        bool_or(grade = 'major' and raised_on <= {{ as_of() }}) as has_major,
        bool_or((grade = 'major' and raised_on <= {{ as_of() }}) is null) as may_have_major
    from {{ ref('int_nonconformity__itsms') }}
    group by audit_id
),

changes as (
    select
        audits.audit_id,
        bool_or(
            events.event in ('changed', 'reissued')
            and events.effective_on >= audits.actual_start
            and coalesce(events.effective_on < next_audits.next_started_on, true)
            and events.effective_on <= {{ as_of() }}
        ) as has_change,
        bool_or((
            events.event in ('changed', 'reissued')
            and events.effective_on >= audits.actual_start
            and coalesce(events.effective_on < next_audits.next_started_on, events.effective_on is not null)
            and events.effective_on <= {{ as_of() }}
        ) is null) as may_have_change
    from audits
    inner join {{ ref('int_certificate__line_row') }} as line_rows on audits.certificate_id = line_rows.certificate_id
    inner join {{ ref('stg_certificate_event') }} as events on line_rows.row_id = events.certificate_id
    left join next_audits on audits.audit_id = next_audits.audit_id
    where coalesce(events.event in ('changed', 'reissued'), true)
        and not events.is_stub
    group by audits.audit_id
),

suspended as (
    select distinct audits.audit_id
    from audits
    inner join {{ ref('int_certificate__line') }} as lines on audits.certificate_id = lines.certificate_id
    inner join {{ ref('int_certificate__status_interval') }} as intervals
        on lines.current_certificate_id = intervals.certificate_id
        and intervals.status = 'suspended'
        and (intervals.to_on is null or intervals.to_on >= audits.actual_start)
),

joined as (
    select
        audits.audit_id,
        audits.certificate_id,
        audits.body_id,
        audits.is_abroad,
        audits.is_member,
        audits.status as audit_status,
        audits.conclusion,
        audits.held_end_on,
        current_rows.certificate_id as current_certificate_id,
        lines.certificate_id is null as is_certificate_unknown,
        next_audits.next_surveillance_on,
        {{ add_days('audits.held_end_on', parameter('house_report_days', on='audits.held_end_on')) }} as concluded_by,
        {{ add_days('audits.held_end_on', parameter('suspension_days', on='audits.held_end_on')) }} as acted_by,
        {{ add_months('audits.held_end_on', parameter('major_nc_surveillance_months', on='audits.held_end_on')) }} as decided_by_on,
        coalesce(majors.has_major, false) as has_major,
        coalesce(changes.has_change, false) as has_change,
        audits.status = 'terminated' as is_terminated,
        coalesce(majors.may_have_major, false) or coalesce(changes.may_have_change, false) or audits.status is null as may_have_ground,
        coalesce(majors.has_major, false) or coalesce(changes.has_change, false) or coalesce(audits.status = 'terminated', false) as has_ground,
        coalesce(next_audits.is_next_in_question, false) as is_next_in_question,
        -- (iii) and (iv) are for certificates that are kept.
        suspended.audit_id is not null
        or current_rows.ended_on is not null
        or (lines.certificate_id is not null and current_rows.certificate_id is null) as is_not_kept
    from audits
    left join {{ ref('int_certificate__line') }} as lines on audits.certificate_id = lines.certificate_id
    left join {{ ref('int_certificate') }} as current_rows on lines.current_certificate_id = current_rows.certificate_id
    left join next_audits on audits.audit_id = next_audits.audit_id
    left join majors on audits.audit_id = majors.audit_id
    left join changes on audits.audit_id = changes.audit_id
    left join suspended on audits.audit_id = suspended.audit_id
),

states as (
    select
        *,
        -- Without a ground: the team's conclusion decides.
        case
            when conclusion in ('maintain', 'recommend') then 'pass'
            when conclusion is null
                then case when {{ as_of() }} <= concluded_by then 'pass' else 'undetermined' end
            when is_not_kept then 'not_applicable'
            when {{ as_of() }} <= acted_by then 'warning'
            else 'breach'
        end as state_without_ground,
        case
            when is_not_kept then 'not_applicable'
            when next_surveillance_on is not null then 'breach'
            when {{ as_of() }} > decided_by_on then 'breach'
            when is_next_in_question then 'undetermined'
            else 'warning'
        end as state_with_ground
    from joined
),

judged as (
    select
        audit_id as subject_id,
        *,
        held_end_on as anchor_on,
        case
            when certificate_id is null or is_certificate_unknown or held_end_on is null then 'undetermined'
            when has_ground then state_with_ground
            when may_have_ground and state_with_ground <> state_without_ground then 'undetermined'
            else state_without_ground
        end as state
    from states
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '监督审核结束于 {held_end_on}，结论 {conclusion_word}，{grounds}尚无认证决定',
        conclusion_word=term('audit_conclusion', 'conclusion'),
        grounds="case when has_major then '有严重不符合，' else '' end || case when has_change then '证书有变更或换证，' else '' end || case when is_terminated then '审核终止，' else '' end"
    ),
    evidence=['audit_id', 'certificate_id', 'conclusion', 'held_end_on', 'has_major', 'has_change', 'is_terminated']
) }}
