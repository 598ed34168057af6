-- ICAS 6.4.8 When the evidence on a nonconformity was due, when it came (the client's submission, else its verification or, of
-- a minor one, its acceptance), and what became of the certificate audited since: its first suspension and its first
-- withdrawal after that day, and its end. A grade that could not be read is looked at as either.
with grades as (
    select 'major' as judged_grade
    union all
    select 'minor' as judged_grade
),

dated as (
    select
        nonconformities.*,
        grades.judged_grade,
        nonconformities.is_itsms is null or nonconformities.grade is null as is_unsure,
        case grades.judged_grade
            when 'major'
                then {{ add_months('nonconformities.held_end_on', parameter('icas_major_verification_months', on='nonconformities.raised_on')) }}
            when 'minor'
                then {{ add_days('nonconformities.held_end_on', parameter('icas_minor_acceptance_days', on='nonconformities.raised_on')) }}
        end as evidence_due_on,
        case
            when {{ is_unreadable('submitted_on', 'nonconformities') }} then null
            else coalesce(
                {{ happened('nonconformities.submitted_on') }},
                case grades.judged_grade
                    when 'major' then {{ happened('nonconformities.verified_on') }}
                    when 'minor' then {{ happened('nonconformities.accepted_on') }}
                end
            )
        end as evidence_on,
        {{ is_unreadable('submitted_on', 'nonconformities') }}
        or (
            {{ happened('nonconformities.submitted_on') }} is null
            and case grades.judged_grade
                when 'major' then {{ is_unreadable('verified_on', 'nonconformities') }}
                else {{ is_unreadable('accepted_on', 'nonconformities') }}
            end
        ) as is_evidence_unknown
    from {{ ref('int_nonconformity__itsms') }} as nonconformities
    inner join grades on coalesce(nonconformities.grade, grades.judged_grade) = grades.judged_grade
),

acts as (
    select
        dated.nc_id,
        dated.judged_grade,
        min(case when events.event = 'suspended' then events.effective_on end) as suspended_on,
        min(case when events.event = 'revoked' then events.effective_on end) as revoked_on,
        min(case when events.event in ('suspended', 'revoked', 'cancelled') then events.effective_on end) as acted_on,
        bool_or(events.event is null or events.effective_on is null) as is_act_unknown
    from dated
    inner join {{ ref('stg_certificate_event') }} as events
        on dated.certificate_id = events.certificate_id
        and coalesce(events.effective_on > dated.evidence_due_on, true)
        and coalesce(events.effective_on <= {{ as_of() }}, true)
    group by dated.nc_id, dated.judged_grade
)

select
    dated.*,
    acts.suspended_on,
    acts.revoked_on,
    acts.acted_on,
    coalesce(acts.is_act_unknown, false)
    or (dated.certificate_id is not null and coalesce(certificates.is_stub, true)) as is_act_unknown,
    ends.ended_on as certificate_ended_on
from dated
left join acts
    on dated.nc_id = acts.nc_id
    and dated.judged_grade = acts.judged_grade
left join {{ ref('stg_certificate') }} as certificates on dated.certificate_id = certificates.certificate_id
left join {{ ref('int_certificate__ended') }} as ends on dated.certificate_id = ends.certificate_id
