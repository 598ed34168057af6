-- 11.1 A certificate on a withdrawn edition of the standard does not outlive the transition.
with judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_abroad,
        certificates.issued_on,
        certificates.standard,
        certificates.is_itsms is null
        or certificates.issued_on is null
        or {{ is_unreadable('parent_certificate_id', 'certificates') }} as is_unsure,
        editions.transition_until as anchor_on,
        editions.transition_until as due_on,
        certificates.ended_on as observed_on
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('standard_edition') }} as editions
        on {{ printed_standard('certificates.standard') }} = editions.edition
    where editions.transition_until is not null
        and certificates.is_main
        and certificates.is_current_row
        and coalesce(certificates.issued_on <= editions.last_issue_on, true)
),

stated as (
    select
        *,
        case
            when is_unsure then 'undetermined'
            else {{ deadline_state('due_on', 'observed_on', parameter('house_edition_horizon_days')) }}
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['due_on', 'observed_on'],
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    evidence=['standard', 'issued_on']
) }}
