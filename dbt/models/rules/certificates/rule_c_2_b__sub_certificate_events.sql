-- C.2, 7.2, 7.3 A sub-certificate's own events follow its main certificate: the current row of the main one's line, by that
-- row's own status.
with mains as (
    select
        subs.certificate_id,
        lines.current_certificate_id as main_certificate_id,
        mains.issued_on as main_issued_on,
        mains.own_end_kind,
        mains.own_ended_on,
        coalesce(ends.is_own_day_unknown, false) or coalesce(suspensions.is_day_unknown and mains.own_ended_on is null, false)
            as is_day_unknown,
        suspensions.suspended_on
    from {{ ref('stg_certificate') }} as subs
    inner join {{ ref('int_certificate__line') }} as lines on subs.parent_certificate_id = lines.certificate_id
    inner join {{ ref('int_certificate') }} as mains on lines.current_certificate_id = mains.certificate_id
    left join {{ ref('int_certificate__suspension') }} as suspensions
        on mains.certificate_id = suspensions.certificate_id
        and suspensions.restored_on is null
        and mains.own_ended_on is null
    left join {{ ref('int_certificate__ended') }} as ends on mains.certificate_id = ends.certificate_id
),

troubled as (
    select
        subs.certificate_id,
        subs.body_id,
        subs.org_id,
        clients.is_abroad,
        subs.issued_on,
        subs.parent_certificate_id,
        ends.own_ended_on,
        subs.system is null
        or subs.parent_certificate_id is null
        or lines.is_status_in_question
        or coalesce(main_lines.is_status_in_question, false)
        -- Ended by itself on a day that nobody knows: perhaps before its main one.
        or (
            coalesce(ends.is_own_day_unknown, false)
            and coalesce(subs.issued_on < coalesce(mains.own_ended_on, mains.suspended_on), true)
        ) as is_unsure,
        -- The ledger states the main one's state without its day: any day from its issue on.
        coalesce(mains.is_day_unknown, false) as is_main_day_unknown,
        mains.main_issued_on,
        coalesce(parents.is_stub, true) as is_main_unknown,
        mains.main_certificate_id,
        coalesce(mains.own_end_kind, case when mains.suspended_on is not null then 'suspended' end) as main_state,
        coalesce(mains.own_ended_on, mains.suspended_on) as main_since
    -- Those that are issued after as_of too: the main certificate's day is what the rule goes by.
    from {{ ref('stg_certificate') }} as subs
    left join {{ ref('int_client') }} as clients on subs.org_id = clients.org_id
    left join {{ ref('int_certificate__ended') }} as ends on subs.certificate_id = ends.certificate_id
    left join {{ ref('stg_certificate') }} as parents on subs.parent_certificate_id = parents.certificate_id
    left join mains on subs.certificate_id = mains.certificate_id
    left join {{ ref('int_certificate__line') }} as lines on subs.certificate_id = lines.certificate_id
    left join {{ ref('int_certificate__line') }} as named_lines on subs.parent_certificate_id = named_lines.certificate_id
    left join {{ ref('int_certificate__line') }} as main_lines
        on named_lines.current_certificate_id = main_lines.certificate_id
    where not subs.is_stub
        and coalesce(subs.system = 'ITSMS', true)
        and (subs.parent_certificate_id is not null or {{ is_unreadable('parent_certificate_id', 'subs') }})
),

own_events as (
    select
        troubled.certificate_id,
        max(case when events.event = 'restored' and events.effective_on >= troubled.main_since then 1 else 0 end) as restored_since,
        max(
            case
                when events.event in ('restored', 'suspended', 'reissued', 'changed') and events.effective_on > troubled.main_since
                    then 1
                else 0
            end
        ) as acted_after,
        max(case when events.event = troubled.main_state and events.effective_on >= troubled.main_since then 1 else 0 end) as followed,
        -- What could not be read, or was on a day that nobody knows, may be any of these.
        max(
            case
                when events.event is not null and events.effective_on is not null then 0
                when troubled.main_state = 'suspended'
                    and coalesce(events.event = 'restored', true)
                    and coalesce(events.effective_on >= troubled.main_since, true) then 1
                when troubled.main_state <> 'suspended'
                    and coalesce(events.event in ('restored', 'suspended', 'reissued', 'changed'), true)
                    and coalesce(events.effective_on, {{ as_of() }}) > troubled.main_since then 1
                else 0
            end
        ) as may_have_acted,
        max(
            case
                when (events.event is null or events.effective_on is null)
                    and coalesce(events.event = troubled.main_state, true)
                    and coalesce(events.effective_on >= troubled.main_since, true) then 1
                else 0
            end
        ) as may_have_followed
    from troubled
    inner join (
        select
            certificate_id,
            event,
            effective_on
        from {{ ref('stg_certificate_event') }}
        union all
        -- What the ledger states of a sub-certificate without events is an event of its own.
        select
            certificate_id,
            event,
            case when not is_day_unknown then effective_on end as effective_on
        from {{ ref('int_certificate__status_event') }}
        where is_opening
    ) as events on troubled.certificate_id = events.certificate_id
    where events.effective_on is null
        or events.effective_on <= {{ as_of() }}
    group by troubled.certificate_id
),

-- Renewed main certificates that have a sub-certificate again.
renewed as (
    select distinct troubled.certificate_id
    from troubled
    inner join {{ ref('stg_certificate') }} as successors on troubled.main_certificate_id = successors.previous_certificate_id
    inner join {{ ref('int_certificate__line_row') }} as lines on successors.certificate_id = lines.certificate_id
    inner join {{ ref('stg_certificate') }} as new_subs on lines.row_id = new_subs.parent_certificate_id
    where troubled.main_state = 'superseded'
        and new_subs.issued_on <= {{ as_of() }}
),

judged as (
    select
        troubled.*,
        troubled.certificate_id as subject_id,
        troubled.main_since as anchor_on,
        case
            when troubled.is_unsure or troubled.is_main_unknown then 'undetermined'
            -- Issued after as_of, it is issued after the end, on whatever day that was.
            when troubled.is_main_day_unknown
                and troubled.main_state <> 'suspended'
                and troubled.issued_on > {{ as_of() }}
                and troubled.main_issued_on >= {{ effective_from('cnca') }} then 'breach'
            when troubled.is_main_day_unknown
                and (
                    own_events.certificate_id is not null
                    or coalesce(troubled.issued_on > troubled.main_issued_on, true)
                    or coalesce(troubled.main_issued_on < {{ effective_from('cnca') }}, true)
                ) then 'undetermined'
            when troubled.main_state = 'suspended' and own_events.restored_since = 1 then 'breach'
            when troubled.main_state <> 'suspended' and own_events.acted_after = 1 then 'breach'
            when troubled.main_state <> 'suspended' and troubled.issued_on > troubled.main_since then 'breach'
            when own_events.may_have_acted = 1 then 'undetermined'
            when troubled.main_state <> 'suspended' and troubled.issued_on is null then 'undetermined'
            when troubled.main_state in ('revoked', 'cancelled', 'suspended') and coalesce(own_events.followed, 0) = 0
                then case when own_events.may_have_followed = 1 then 'undetermined' else 'warning' end
            when troubled.main_state = 'superseded'
                and renewed.certificate_id is null
                and troubled.own_ended_on is null
                and {{ add_days('troubled.main_since', parameter('house_sub_certificate_days')) }} <= {{ as_of() }} then 'warning'
            else 'pass'
        end as state
    from troubled
    left join own_events on troubled.certificate_id = own_events.certificate_id
    left join renewed on troubled.certificate_id = renewed.certificate_id
    where troubled.is_main_unknown
        or (troubled.is_unsure and troubled.main_state is not null and coalesce(troubled.own_ended_on >= troubled.main_since, true))
        or (troubled.is_unsure and troubled.parent_certificate_id is null)
        or (
            troubled.main_state is not null
            and coalesce(troubled.own_ended_on >= troubled.main_since, true)
        )
)

{{ judgement(
    'judged',
    member="nullif(is_unsure or is_main_unknown, true)",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found="case when is_main_unknown or is_unsure then '主证书的记录未提供或无法读取' else "
        ~ say('主证书自 {main_since} 起已{what}，子证书自身的状态事件与之不一致或未相应办理', what="case main_state when 'superseded' then '换证' when 'expired' then '到期' else " ~ term('certificate_event', 'main_state') ~ " end") ~ " end",
    evidence=['parent_certificate_id', 'main_certificate_id', 'main_state', 'main_since', 'own_ended_on']
) }}
