-- Why a certificate stands in a month's file: everything that happened to it in that month, each with the
-- kind of report it asks for. Issues and changes of status are those that the monthly statistics count.
with certificates as (
    select *
    from {{ ref('int_certificate') }}
    where {{ is_submitted_system('system') }}
),

flows as (
    select
        certificate_id,
        flow,
        flow_on
    from {{ ref('int_certificate__flow') }}
    where flow_on >= {{ submission_first_day() }}
),

issues as (
    select
        certificates.certificate_id,
        certificates.body_id,
        flows.flow_on as happened_on,
        0 as seq,
        case
            when previous.certificate_id is null and basis.application_kind = 'transfer' then 'transferred'
            when certificates.cycle_no > coalesce(previous.cycle_no, 0) then 'renewed'
            when certificates.previous_certificate_id is not null then 'replaced'
            else 'issued'
        end as occurrence,
        case
            when previous.certificate_id is null and basis.application_kind = 'transfer'
                then basis.transfer_from_certificate_no
            else previous.normalised_no
        end as original_certificate_no,
        case
            when previous.certificate_id is null and basis.application_kind = 'transfer'
                then basis.transfer_from_approval_no
            else previous_bodies.approval_no
        end as original_approval_no,
        cast(null as {{ dbt.type_string() }}) as acted_by,
        cast(null as date) as acted_on
    from flows
    inner join certificates on flows.certificate_id = certificates.certificate_id
    inner join {{ ref('sub_monthly__basis') }} as basis on certificates.certificate_id = basis.certificate_id
    left join {{ ref('int_certificate') }} as previous
        on certificates.previous_certificate_id = previous.certificate_id
    left join {{ ref('stg_certification_body') }} as previous_bodies on previous.body_id = previous_bodies.body_id
    where flows.flow in ('issued', 'renewed')
),

-- Who changed a status, and when it was decided: of several events of one kind and day the last one says it.
acts as (
    select
        counted.certificate_id,
        counted.event,
        counted.counted_on,
        events.decided_by,
        events.decided_on
    from {{ ref('int_certificate__status_event') }} as counted
    inner join {{ ref('stg_certificate_event') }} as events on counted.event_id = events.event_id
    qualify row_number() over (
        partition by counted.certificate_id, counted.event, counted.counted_on
        order by counted.effective_on desc, counted.seq desc
    ) = 1
),

-- A certificate replaced by its successor is reported with the successor's row, as its original. A sub-certificate
-- that ends or is suspended with its main one was decided on with it; expiry is nobody's act.
status_changes as (
    select
        certificates.certificate_id,
        certificates.body_id,
        flows.flow_on as happened_on,
        0 as seq,
        flows.flow as occurrence,
        cast(null as {{ dbt.type_string() }}) as original_certificate_no,
        cast(null as {{ dbt.type_string() }}) as original_approval_no,
        coalesce(acts.decided_by, main_acts.decided_by) as acted_by,
        coalesce(acts.decided_on, main_acts.decided_on) as acted_on
    from flows
    inner join certificates on flows.certificate_id = certificates.certificate_id
    left join acts
        on flows.certificate_id = acts.certificate_id
        and flows.flow = acts.event
        and flows.flow_on = acts.counted_on
    left join acts as main_acts
        on certificates.parent_certificate_id = main_acts.certificate_id
        and flows.flow = main_acts.event
        and flows.flow_on = main_acts.counted_on
    where flows.flow in ('suspended', 'restored', 'revoked', 'cancelled', 'expired')
),

changes as (
    select
        certificates.certificate_id,
        certificates.body_id,
        events.effective_on as happened_on,
        events.seq,
        events.event as occurrence,
        events.change_code,
        case when events.event = 'reissued' then certificates.normalised_no end as original_certificate_no,
        case when events.event = 'reissued' then bodies.approval_no end as original_approval_no,
        events.decided_by as acted_by,
        events.decided_on as acted_on
    from {{ ref('stg_certificate_event') }} as events
    inner join certificates on events.certificate_id = certificates.certificate_id
    inner join {{ ref('stg_certification_body') }} as bodies on certificates.body_id = bodies.body_id
    where events.event in ('changed', 'reissued')
        and events.effective_on >= {{ submission_first_day() }}
        and events.effective_on <= {{ as_of() }}
),

-- A change that follows an audit's decision to extend or reduce the scope rests on the last such decision.
scope_decisions as (
    select
        changes.certificate_id,
        changes.happened_on,
        changes.seq,
        decisions.decision_id
    from changes
    inner join {{ ref('stg_decision') }} as decisions on changes.certificate_id = decisions.certificate_id
    where decisions.kind in ('extend', 'reduce')
        and decisions.decided_on <= changes.happened_on
        -- Codes of the form for a wider and a narrower scope: the contract carries them as they are.
        and ({{ list_has('changes.change_code', '105') }} or {{ list_has('changes.change_code', '106') }})
    qualify row_number() over (
        partition by changes.certificate_id, changes.happened_on, changes.seq
        order by decisions.decided_on desc, decisions.decision_id desc
    ) = 1
),

occurrences as (
    select
        issues.*,
        cast(null as {{ dbt.type_string() }}) as change_types,
        cast(null as {{ dbt.type_string() }}) as scope_decision_id
    from issues
    union all
    select
        status_changes.*,
        occurrence as change_types,
        cast(null as {{ dbt.type_string() }}) as scope_decision_id
    from status_changes
    union all
    select
        changes.certificate_id,
        changes.body_id,
        changes.happened_on,
        changes.seq,
        changes.occurrence,
        changes.original_certificate_no,
        changes.original_approval_no,
        changes.acted_by,
        changes.acted_on,
        replace(changes.change_code, '；', ';') as change_types,
        scope_decisions.decision_id as scope_decision_id
    from changes
    left join scope_decisions
        on changes.certificate_id = scope_decisions.certificate_id
        and changes.happened_on = scope_decisions.happened_on
        and changes.seq = scope_decisions.seq
)

select
    certificate_id,
    body_id,
    {{ month_start('happened_on') }} as month,
    happened_on,
    seq,
    occurrence,
    case
        when occurrence = 'issued' then 'new'
        when occurrence in ('renewed', 'replaced', 'transferred', 'reissued') then 'exchanged'
        else 'changed'
    end as report_type,
    change_types,
    original_certificate_no,
    original_approval_no,
    acted_by,
    acted_on,
    scope_decision_id
from occurrences
