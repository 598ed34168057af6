-- 5.10.4, 5.12.2 (2) No positive decision while a major nonconformity is unverified, or was verified after its day, or
-- (save to maintain) a minor one is not accepted. A grant looks at the whole application; a major one of the line's
-- earlier audits stands in the way too.
with decisions as (
    select
        *,
        kind in ('grant', 'renew', 'extend', 'maintain') and is_itsms as is_member,
        -- An audit that has not ended yet comes after all that have.
        case
            when not {{ is_unreadable('actual_end').replace('unreadable_columns', 'audit_unreadable_columns') }}
                then coalesce({{ happened('audit_ended_on') }}, {{ as_of() }})
        end as ordered_on
    from {{ ref('int_decision__itsms') }}
    where {{ in_population("kind in ('grant', 'renew', 'extend', 'maintain')") }}
),

-- is_own: of the decision's audit, or for a grant of one of the application's.
looked_at as (
    select
        decisions.decision_id,
        nonconformities.nc_id,
        true as is_own
    from decisions
    inner join {{ ref('int_nonconformity__itsms') }} as nonconformities
        on decisions.audit_id = nonconformities.audit_id
    union
    select
        decisions.decision_id,
        nonconformities.nc_id,
        true as is_own
    from decisions
    inner join {{ ref('int_nonconformity__itsms') }} as nonconformities
        on decisions.application_id = nonconformities.application_id
    where decisions.kind = 'grant'
    union
    select
        decisions.decision_id,
        nonconformities.nc_id,
        false as is_own
    from decisions
    inner join {{ ref('int_certificate__line_audit') }} as earlier
        on decisions.audited_certificate_id = earlier.certificate_id
    inner join {{ ref('int_nonconformity__itsms') }} as nonconformities on earlier.audit_id = nonconformities.audit_id
    where {{ in_population('earlier.is_completed') }}
        and earlier.audit_id <> decisions.audit_id
        and coalesce(nonconformities.grade = 'major', true)
        and coalesce(
            earlier.actual_end < decisions.ordered_on
            or (earlier.actual_end = decisions.ordered_on and earlier.audit_id < decisions.audit_id),
            true
        )
),

-- Suspended on some day after the verification was due, up to the decision: the delay had its consequence.
judged_ones as (
    select
        decisions.decision_id,
        nonconformities.nc_id,
        looked_at.is_own,
        -- Three-valued: NULL where a cell that could not be read decides.
        nonconformities.raised_on <= decisions.decided_on
        and (looked_at.is_own or nonconformities.is_completed) as is_raised,
        nonconformities.grade,
        case
            when {{ is_unreadable('verified_on', 'nonconformities') }} then null
            else coalesce(nonconformities.verified_on > decisions.decided_on, true)
        end as is_unverified,
        looked_at.is_own and decisions.kind <> 'maintain' and (
            case
                when {{ is_unreadable('accepted_on', 'nonconformities') }} then null
                else coalesce(nonconformities.accepted_on > decisions.decided_on, true)
            end
        ) as is_unaccepted,
        looked_at.is_own
        and decisions.kind in ('grant', 'extend', 'maintain')
        and nonconformities.audit_type <> 'special'
        and case
            when {{ is_unreadable('verified_on', 'nonconformities') }} then null
            when nonconformities.verified_on is null then false
            else nonconformities.verified_on > nonconformities.verification_due_on
        end as is_late,
        decisions.kind <> 'grant' and suspended.decision_id is not null as was_suspended
    from looked_at
    inner join decisions on looked_at.decision_id = decisions.decision_id
    inner join {{ ref('int_nonconformity__itsms') }} as nonconformities on looked_at.nc_id = nonconformities.nc_id
    left join (
        select distinct
            found.decision_id,
            ncs.nc_id
        from decisions as found
        inner join {{ ref('int_nonconformity__itsms') }} as ncs on found.audit_id = ncs.audit_id
        inner join {{ ref('int_certificate__status_interval') }} as intervals
            on found.audited_certificate_id = intervals.certificate_id
            and intervals.status = 'suspended'
            and intervals.from_on <= found.decided_on
            and (intervals.to_on is null or intervals.to_on > ncs.verification_due_on)
    ) as suspended
        on looked_at.decision_id = suspended.decision_id
        and looked_at.nc_id = suspended.nc_id
),

faults as (
    select
        decision_id,
        nc_id,
        -- A grade that could not be read: what stands against the decision as either.
        is_raised and case
            when grade = 'major' then is_major_fault
            when grade = 'minor' or is_major_fault = is_unaccepted then is_unaccepted
        end as is_fault
    from (
        select
            *,
            is_unverified or (is_late and not was_suspended) as is_major_fault
        from judged_ones
    ) as graded
),

open_ones as (
    select
        decision_id,
        {{ joined_values('case when is_fault then nc_id end', ';', 'nc_id') }} as open_nc_ids,
        bool_or(is_fault is null) as is_in_question
    from (
        select
            decision_id,
            nc_id,
            bool_or(is_fault) as is_fault
        from faults
        where {{ in_population('is_fault') }}
        group by decision_id, nc_id
    ) as found
    group by decision_id
),

judged as (
    select
        decisions.decision_id as subject_id,
        decisions.decision_id,
        decisions.body_id,
        decisions.decided_on as anchor_on,
        decisions.kind,
        decisions.audit_id,
        decisions.decided_on,
        decisions.is_abroad,
        decisions.is_member,
        open_ones.open_nc_ids,
        case
            when decisions.has_no_audit then 'undetermined'
            when open_ones.open_nc_ids is not null then 'breach'
            when decisions.is_audit_stub or coalesce(open_ones.is_in_question, false) then 'undetermined'
            else 'pass'
        end as state
    from decisions
    left join open_ones on decisions.decision_id = open_ones.decision_id
)

{{ judgement(
    'judged',
    keys=['decision_id', 'audit_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '{what}',
        what="case when audit_id is null then '认证决定没有关联审核' else '决定日 ' || " ~ shown('decided_on') ~ " || ' 尚有不符合未验证、逾期验证或未接受：' || " ~ shown('open_nc_ids') ~ " end"
    ),
    evidence=['kind', 'audit_id', 'decided_on', 'open_nc_ids']
) }}
