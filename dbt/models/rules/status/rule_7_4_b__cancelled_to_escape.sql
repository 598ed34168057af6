-- 7.4, 7.2.1, 7.3 A certificate is not cancelled where there was a ground to suspend or to revoke it. Cancelled while
-- suspended: R7.4 reports.
with cancellations as (
    select
        events.event_id,
        events.certificate_id,
        events.body_id,
        events.org_id,
        events.effective_on,
        events.is_abroad,
        events.is_certificate_unknown,
        events.event = 'cancelled' and events.is_itsms as is_member,
        contexts.is_suspended_before,
        lines.current_certificate_id
    from {{ ref('int_certificate__event') }} as events
    left join {{ ref('int_certificate__event_context') }} as contexts on events.event_id = contexts.event_id
    left join {{ ref('int_certificate__line') }} as lines on events.certificate_id = lines.certificate_id
    where {{ in_population("events.event = 'cancelled'") }}
),

overdue as (
    select
        cancellations.event_id,
        bool_or(
            links.state not in ('not_applicable', 'undetermined')
            and links.due_on < cancellations.effective_on
            and coalesce(links.done_on > cancellations.effective_on, true)
        ) as is_overdue,
        bool_or(links.state = 'undetermined' and coalesce(links.due_on < cancellations.effective_on, true)) as may_be_overdue
    from cancellations
    inner join {{ ref('int_certificate__surveillance_chain') }} as links
        on cancellations.current_certificate_id = links.certificate_id
    group by cancellations.event_id
),

majors as (
    select
        found.event_id,
        bool_or(found.is_unverified) as is_unverified,
        bool_or(found.is_unverified is null) as may_be_unverified
    from (
        select
            cancellations.event_id,
            nonconformities.grade = 'major'
            and nonconformities.audit_type = 'surveillance'
            and nonconformities.raised_on <= cancellations.effective_on
            and nonconformities.verification_due_on < cancellations.effective_on
            and case
                when {{ is_unreadable('verified_on', 'nonconformities') }} then null
                else coalesce(nonconformities.verified_on > cancellations.effective_on, true)
            end as is_unverified
        from cancellations
        inner join {{ ref('int_certificate__line_row') }} as line_rows on cancellations.certificate_id = line_rows.certificate_id
        inner join {{ ref('int_nonconformity__itsms') }} as nonconformities on line_rows.row_id = nonconformities.certificate_id
    ) as found
    group by found.event_id
),

grounds as (
    select
        cancellations.*,
        coalesce(clients.blacklisted_from <= cancellations.effective_on, false)
        and coalesce(clients.blacklisted_until >= cancellations.effective_on, not {{ is_unreadable('blacklisted_until', 'clients') }}) as is_blacklisted,
        coalesce(clients.legal_status_revoked_on <= cancellations.effective_on, false) as is_without_status,
        coalesce(clients.closure_from <= cancellations.effective_on, false)
        and coalesce(clients.closure_until >= cancellations.effective_on, not {{ is_unreadable('closure_until', 'clients') }}) as is_closed,
        coalesce(clients.licence_required and clients.licence_valid_until < cancellations.effective_on, false) as is_without_licence,
        coalesce(overdue.is_overdue, false) as is_overdue,
        coalesce(majors.is_unverified, false) as has_unverified,
        cancellations.is_certificate_unknown
        or coalesce(clients.is_stub, true)
        or coalesce(overdue.may_be_overdue, false)
        or coalesce(majors.may_be_unverified, false)
        or coalesce(clients.licence_required is null and clients.licence_valid_until < cancellations.effective_on, false)
        or {{ is_unreadable('blacklisted_from', 'clients') }}
        or coalesce({{ is_unreadable('blacklisted_until', 'clients') }} and clients.blacklisted_from <= cancellations.effective_on, false)
        or {{ is_unreadable('legal_status_revoked_on', 'clients') }}
        or {{ is_unreadable('closure_from', 'clients') }}
        or coalesce({{ is_unreadable('closure_until', 'clients') }} and clients.closure_from <= cancellations.effective_on, false)
        or coalesce({{ is_unreadable('licence_valid_until', 'clients') }} and coalesce(clients.licence_required, true), false) as is_unknown
    from cancellations
    left join {{ ref('int_client') }} as clients on cancellations.org_id = clients.org_id
    left join overdue on cancellations.event_id = overdue.event_id
    left join majors on cancellations.event_id = majors.event_id
),

judged as (
    select
        *,
        event_id as subject_id,
        effective_on as anchor_on,
        effective_on as observed_on,
        case
            when is_suspended_before then 'not_applicable'
            when is_blacklisted or is_without_status or is_closed or is_without_licence or is_overdue or has_unverified
                then case when is_suspended_before is null then 'undetermined' else 'breach' end
            when is_unknown then 'undetermined'
            when is_suspended_before is null then 'undetermined'
            else 'pass'
        end as state
    from grounds
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['event_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '注销于 {observed_on}，{what}',
        what="case when is_blacklisted or is_without_status or is_closed or is_without_licence or is_overdue or has_unverified then '当时' || trim(trailing '、' from case when is_blacklisted then '在严重违法失信名单上、' else '' end || case when is_without_status then '已丧失法律地位、' else '' end || case when is_closed then '被责令停产停业、' else '' end || case when is_without_licence then '行政许可已过期、' else '' end || case when is_overdue then '监督审核逾期、' else '' end || case when has_unverified then '严重不符合逾期未验证、' else '' end) || '（按今日的组织记录）' else '当时是否有应暂停或撤销的情形，记录不足以判断' end"
    ),
    evidence=['certificate_id', 'observed_on', 'is_blacklisted', 'is_without_status', 'is_closed', 'is_without_licence', 'is_overdue', 'has_unverified']
) }}
