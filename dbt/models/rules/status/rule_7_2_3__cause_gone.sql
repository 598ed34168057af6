-- 7.2.3 A suspended certificate is restored when the cause of the suspension is gone: the audit that was missing is done
-- (6), the major nonconformities are verified (12), the licence is valid again (5), the order to close is over (9).
{% set reasons = {'audit': '7.2.1(6)', 'majors': '7.2.1(12)', 'licence': '7.2.1(5)', 'closure': '7.2.1(9)'} -%}
with restorations as (
    select
        events.event_id,
        events.certificate_id,
        events.body_id,
        events.org_id,
        events.effective_on,
        events.is_abroad,
        events.is_certificate_unknown,
        events.event = 'restored' and events.is_itsms as is_member,
        contexts.was_suspended,
        contexts.had_ended,
        suspensions.event_id as suspension_event_id,
        suspensions.effective_on as suspended_on,
        {{ reason_of('suspensions.reason_code') }} as reason
    from {{ ref('int_certificate__event') }} as events
    left join {{ ref('int_certificate__event_context') }} as contexts on events.event_id = contexts.event_id
    left join {{ ref('stg_certificate_event') }} as suspensions on contexts.suspension_event_id = suspensions.event_id
    where {{ in_population("events.event = 'restored'") }}
),

-- The earliest link that was overdue on the day of the suspension; the day before it where none was.
overdue as (
    select
        restorations.event_id,
        coalesce(
            min(case
                when links.due_on < restorations.suspended_on
                    and coalesce(links.done_on > restorations.suspended_on, true)
                    and links.state <> 'not_applicable'
                    then links.due_on
            end),
            {{ add_days('restorations.suspended_on', -1) }}
        ) as since_on
    from restorations
    left join {{ ref('int_certificate__line') }} as lines on restorations.certificate_id = lines.certificate_id
    left join {{ ref('int_certificate__surveillance_chain') }} as links on lines.current_certificate_id = links.certificate_id
    where restorations.reason = '{{ reasons['audit'] }}'
    group by restorations.event_id, restorations.suspended_on
),

audits as (
    select
        overdue.event_id,
        bool_or(
            audits.audit_type in ('surveillance', 'recertification')
            and audits.is_completed
            and audits.is_itsms
            and audits.actual_end > overdue.since_on
            and audits.actual_end <= restorations.effective_on
        ) as is_done,
        bool_or((
            audits.audit_type in ('surveillance', 'recertification')
            and audits.is_completed
            and audits.is_itsms
            and coalesce(
                audits.actual_end > overdue.since_on and audits.actual_end <= restorations.effective_on,
                audits.actual_end is null
            )
        ) is null) as may_be_done
    from overdue
    inner join restorations on overdue.event_id = restorations.event_id
    inner join {{ ref('int_certificate__line_audit') }} as audits on restorations.certificate_id = audits.certificate_id
    group by overdue.event_id
),

majors as (
    select
        restorations.event_id,
        bool_or(
            nonconformities.grade = 'major'
            and nonconformities.audit_type = 'surveillance'
            and nonconformities.raised_on <= restorations.suspended_on
            and not {{ is_unreadable('verified_on', 'nonconformities') }}
            and coalesce(nonconformities.verified_on > restorations.effective_on, true)
        ) as is_open,
        bool_or((
            nonconformities.grade = 'major'
            and nonconformities.audit_type = 'surveillance'
            and nonconformities.raised_on <= restorations.suspended_on
            and case
                when {{ is_unreadable('verified_on', 'nonconformities') }} then null
                else coalesce(nonconformities.verified_on > restorations.effective_on, true)
            end
        ) is null) as may_be_open
    from restorations
    inner join {{ ref('int_certificate__line_row') }} as line_rows on restorations.certificate_id = line_rows.certificate_id
    inner join {{ ref('int_nonconformity__itsms') }} as nonconformities on line_rows.row_id = nonconformities.certificate_id
    where restorations.reason = '{{ reasons['majors'] }}'
    group by restorations.event_id
),

judged as (
    select
        restorations.event_id as subject_id,
        restorations.event_id,
        restorations.certificate_id,
        restorations.body_id,
        restorations.org_id,
        restorations.effective_on as anchor_on,
        restorations.effective_on as observed_on,
        restorations.suspended_on,
        restorations.reason,
        restorations.is_abroad,
        restorations.is_member,
        case
            when not restorations.was_suspended or restorations.had_ended then 'not_applicable'
            when restorations.was_suspended is null or restorations.had_ended is null or restorations.suspension_event_id is null then 'undetermined'
            when restorations.reason is null then 'undetermined'
            when restorations.reason = '{{ reasons['audit'] }}'
                then case
                    when audits.is_done then 'pass'
                    when restorations.is_certificate_unknown or coalesce(audits.may_be_done, false) then 'undetermined'
                    else 'breach'
                end
            when restorations.reason = '{{ reasons['majors'] }}'
                then case
                    when majors.is_open then 'breach'
                    when restorations.is_certificate_unknown or coalesce(majors.may_be_open, false) then 'undetermined'
                    else 'pass'
                end
            when restorations.reason = '{{ reasons['licence'] }}'
                then case
                    when clients.licence_valid_until < restorations.effective_on then 'breach'
                    when clients.licence_valid_until is null then 'undetermined'
                    else 'pass'
                end
            when restorations.reason = '{{ reasons['closure'] }}'
                then case
                    when coalesce(clients.is_stub, true) or {{ is_unreadable('closure_from', 'clients') }} then 'undetermined'
                    when coalesce(clients.closure_from > restorations.effective_on, true) then 'pass'
                    when {{ is_unreadable('closure_until', 'clients') }} then 'undetermined'
                    when coalesce(clients.closure_until >= restorations.effective_on, true) then 'breach'
                    else 'pass'
                end
            else 'not_applicable'
        end as state
    from restorations
    left join audits on restorations.event_id = audits.event_id
    left join majors on restorations.event_id = majors.event_id
    left join {{ ref('int_client') }} as clients on restorations.org_id = clients.org_id
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['event_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('暂停于 {suspended_on}，原因代码 {reason}，恢复于 {observed_on}'),
    evidence=['certificate_id', 'suspended_on', 'reason', 'observed_on']
) }}
