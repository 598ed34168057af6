-- 5.1.2 (4) A year passes after an earlier certificate's end, or suspension, for the client's own reason: as the client
-- told it, and as the certificates of the run show it, of whatever body.
with applied as (
    select
        *,
        is_judged and kind in ('initial', 'transfer') as is_judged_here
    from {{ ref('int_application__judged') }}
    where {{ in_population("is_judged and kind in ('initial', 'transfer')") }}
),

-- The client's main ITSMS certificates: under its own id, or under the same unified code.
clients_certificates as (
    select
        certificates.certificate_id,
        certificates.org_id,
        certificates.issued_on,
        clients.unified_code,
        certificates.system
    from {{ ref('stg_certificate') }} as certificates
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    where not certificates.is_stub
        and certificates.parent_certificate_id is null
        and {{ in_population("certificates.system = 'ITSMS'") }}
),

pairs as (
    select
        applied.application_id,
        applied.submitted_on,
        held.certificate_id,
        held.issued_on,
        held.system
    from applied
    inner join clients_certificates as held on applied.org_id = held.org_id
    union
    select
        applied.application_id,
        applied.submitted_on,
        held.certificate_id,
        held.issued_on,
        held.system
    from applied
    inner join clients_certificates as held on applied.unified_code = held.unified_code
),

-- A revocation or cancellation counts from the suspension that it followed, a suspension while it is still open on the
-- day of the application. Superseded and expired certificates are no such end. A day that only the ledger could tell may
-- be any day up to as_of, or up to an end that is known.
ends as (
    select
        pairs.application_id,
        pairs.submitted_on,
        pairs.system,
        events.is_day_unknown,
        case
            when events.is_day_unknown then least(ended.own_ended_on, events.effective_on)
            when suspensions.suspended_on is not null then suspensions.suspended_on
            else events.effective_on
        end as ended_on
    from pairs
    inner join {{ ref('int_certificate__status_event') }} as events on pairs.certificate_id = events.certificate_id
    left join {{ ref('int_certificate__suspension') }} as suspensions
        on events.certificate_id = suspensions.certificate_id
        and suspensions.suspended_on <= events.effective_on
        and (suspensions.restored_on is null or suspensions.restored_on > events.effective_on)
    left join {{ ref('int_certificate__ended') }} as ended on pairs.certificate_id = ended.certificate_id
    where events.event in ('revoked', 'cancelled')
        and (events.effective_on <= pairs.submitted_on or events.is_day_unknown)
    union all
    select
        pairs.application_id,
        pairs.submitted_on,
        pairs.system,
        suspensions.is_day_unknown,
        suspensions.suspended_on as ended_on
    from pairs
    inner join {{ ref('int_certificate__suspension') }} as suspensions on pairs.certificate_id = suspensions.certificate_id
    left join {{ ref('int_certificate__ended') }} as ended on pairs.certificate_id = ended.certificate_id
    where (
            suspensions.suspended_on <= pairs.submitted_on
            or (suspensions.is_day_unknown and coalesce(pairs.issued_on <= pairs.submitted_on, true))
        )
        and (suspensions.restored_on is null or suspensions.restored_on > pairs.submitted_on)
        and (ended.own_ended_on is null or ended.own_ended_on > pairs.submitted_on)
    union all
    -- An event that nobody can place may be one (a suspension while the certificate stands), and so may a status of the
    -- ledger that nobody can read.
    select
        pairs.application_id,
        pairs.submitted_on,
        pairs.system,
        true as is_day_unknown,
        events.effective_on as ended_on
    from pairs
    inner join {{ ref('stg_certificate_event') }} as events on pairs.certificate_id = events.certificate_id
    left join {{ ref('int_certificate__ended') }} as ended on pairs.certificate_id = ended.certificate_id
    where (events.effective_on is null or events.event is null)
        and (
            coalesce(events.event, 'revoked') in ('revoked', 'cancelled')
            or (events.event = 'suspended' and coalesce(ended.own_ended_on > pairs.submitted_on, true))
        )
        and coalesce(events.effective_on <= pairs.submitted_on, true)
    union all
    select
        pairs.application_id,
        pairs.submitted_on,
        pairs.system,
        true as is_day_unknown,
        coalesce(ended.own_ended_on, {{ as_of() }}) as ended_on
    from pairs
    inner join {{ ref('int_certificate__line') }} as lines on pairs.certificate_id = lines.certificate_id
    left join {{ ref('int_certificate__ended') }} as ended on pairs.certificate_id = ended.certificate_id
    where lines.is_status_in_question
),

latest as (
    select
        application_id,
        max(case when system = 'ITSMS' and not is_day_unknown then ended_on end) as ended_on,
        bool_or(
            (system is null or is_day_unknown)
            and coalesce({{ add_months('ended_on', parameter('prior_certificate_wait_months', on='submitted_on')) }} > submitted_on, true)
        ) as may_be_later
    from ends
    group by application_id
),

judged as (
    select
        applied.*,
        applied.application_id as subject_id,
        applied.submitted_on as anchor_on,
        {{ happened('applied.prior_certificate_ended_on') }} as told_ended_on,
        latest.ended_on as shown_ended_on,
        greatest({{ happened('applied.prior_certificate_ended_on') }}, latest.ended_on) as ended_on,
        {{ is_unreadable('prior_certificate_ended_on', 'applied') }}
        or coalesce(latest.may_be_later, false)
        or coalesce(clients.is_stub, true) as may_be_later
    from applied
    left join latest on applied.application_id = latest.application_id
    left join {{ ref('int_client') }} as clients on applied.org_id = clients.org_id
),

stated as (
    select
        *,
        case
            when reviewed_on is null and not coalesce(has_begun, false) then 'undetermined'
            when {{ add_months('ended_on', parameter('prior_certificate_wait_months', on='submitted_on')) }} > submitted_on then 'breach'
            when may_be_later then 'undetermined'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged_here',
    found=say('原证书因自身原因暂停、撤销或注销：委托人所述 {told_ended_on}，本库证书记录 {shown_ended_on}；申请于 {submitted_on}，受理于 {reviewed_on}，要求满 {parameter:prior_certificate_wait_months@anchor_on} 个月'),
    evidence=['submitted_on', 'reviewed_on', 'told_ended_on', 'shown_ended_on']
) }}
