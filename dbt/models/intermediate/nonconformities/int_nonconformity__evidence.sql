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
        {%- for end, due in [('held_end_on', 'evidence_due_on'), ('earliest_end_on', 'earliest_due_on')] %}
        case grades.judged_grade
            when 'major'
                then {{ add_months('nonconformities.' ~ end, parameter('icas_major_verification_months', on='nonconformities.raised_on')) }}
            when 'minor'
                then {{ add_days('nonconformities.' ~ end, parameter('icas_minor_acceptance_days', on='nonconformities.raised_on')) }}
        end as {{ due }},
        {%- endfor %}
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
        ) as is_evidence_unknown,
        -- Not that it was never held: the day from which it is counted could not be read, or the audit is not in the data.
        nonconformities.is_audit_stub
        or nonconformities.audit_id is null
        or nonconformities.is_held is null
        or (nonconformities.is_held and nonconformities.held_end_on is null) as is_due_unknown
    from {{ ref('int_nonconformity__itsms') }} as nonconformities
    inner join grades on coalesce(nonconformities.grade, grades.judged_grade) = grades.judged_grade
),

-- NULL where a cell that nobody knows decides. Where there is no day (an audit that was never held): not done at all.
lateness as (
    select
        *,
        case
            when is_evidence_unknown then null
            when evidence_on is null then true
            when evidence_on <= earliest_due_on then false
            when is_due_unknown then null
            else coalesce(evidence_on > evidence_due_on, false)
        end as is_late
    from dated
),

-- The certificate's own events after that day, an opening one among them; of unknown ones the earliest day that they can have.
events as (
    select
        certificate_id,
        event,
        effective_on,
        event is null or effective_on is null as is_unknown
    from {{ ref('stg_certificate_event') }}
    where effective_on is null
        or effective_on <= {{ as_of() }}
    union all
    select
        certificate_id,
        event,
        case when not is_day_unknown then effective_on end as effective_on,
        is_day_unknown as is_unknown
    from {{ ref('int_certificate__status_event') }}
    where is_opening
),

acts as (
    select
        lateness.nc_id,
        lateness.judged_grade,
        {%- for event in ['suspended', 'revoked', 'cancelled'] %}
        min(case when not events.is_unknown and events.event = '{{ event }}' then events.effective_on end) as {{ event }}_on,
        min(
            case
                when events.is_unknown and coalesce(events.event = '{{ event }}', true)
                    then coalesce(events.effective_on, {{ add_days('lateness.evidence_due_on', 1) }})
            end
        ) as may_be_{{ event }}_on{{ ',' if not loop.last }}
        {%- endfor %}
    from lateness
    inner join events
        on lateness.certificate_id = events.certificate_id
        and coalesce(events.effective_on > lateness.evidence_due_on, true)
    group by lateness.nc_id, lateness.judged_grade
)

select
    lateness.*,
    {%- for event in ['suspended', 'revoked', 'cancelled'] %}
    acts.{{ event }}_on,
    acts.may_be_{{ event }}_on,
    {%- endfor %}
    lateness.is_audit_stub
    or lateness.audit_id is null
    or {{ is_unreadable('certificate_id', 'audits') }} as is_certificate_unknown,
    coalesce(certificates.is_stub, false)
    or coalesce(ends.is_day_unknown, false)
    or (ends.certificate_id is null and coalesce(lines.is_status_in_question, false)) as is_end_unknown,
    coalesce(lines.is_status_in_question, false) as is_status_in_question,
    -- The last day that it can be, where it is not known.
    ends.ended_on as certificate_ended_on
from lateness
left join acts
    on lateness.nc_id = acts.nc_id
    and lateness.judged_grade = acts.judged_grade
left join {{ ref('stg_audit') }} as audits on lateness.audit_id = audits.audit_id
left join {{ ref('stg_certificate') }} as certificates on lateness.certificate_id = certificates.certificate_id
left join {{ ref('int_certificate__line') }} as lines on lateness.certificate_id = lines.certificate_id
left join {{ ref('int_certificate__ended') }} as ends on lateness.certificate_id = ends.certificate_id
