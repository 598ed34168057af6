-- The decision that a certificate rests on (D), and the row that it reissues (C.3). The two hang together: a
-- reissue has no decision of its own, and rests on that of the row before.
--
-- D: the decision that decision_id names, taken by as_of; where none is named, a sub-certificate rests on its main
-- one's and a reissue on that of the row that it reissues.
with recursive certificates as (
    select
        certificate_id,
        system,
        cycle_no,
        issued_on,
        expires_on,
        previous_certificate_id,
        parent_certificate_id,
        decision_id
    from {{ ref('stg_certificate') }}
    where not is_stub
),

-- Chains of previous ids from their first row on: a chain that returns to itself has no first row and is not reached.
chained as (
    select
        certificates.certificate_id,
        certificates.previous_certificate_id
    from certificates
    left join certificates as before on certificates.previous_certificate_id = before.certificate_id
    where certificates.previous_certificate_id is not null
        and before.previous_certificate_id is null
    union all
    select
        certificates.certificate_id,
        certificates.previous_certificate_id
    from certificates
    inner join chained on certificates.previous_certificate_id = chained.certificate_id
),

-- The same certificate again within its term: a NULL among these is no reissue.
same_term as (
    select
        certificates.certificate_id,
        certificates.previous_certificate_id,
        certificates.decision_id
    from certificates
    inner join chained on certificates.certificate_id = chained.certificate_id
    inner join certificates as before on certificates.previous_certificate_id = before.certificate_id
    where certificates.system = before.system
        and certificates.cycle_no = before.cycle_no
        and certificates.issued_on <= before.expires_on
),

-- From whom a certificate that names no decision has its own.
pointers as (
    select
        certificates.certificate_id,
        coalesce(certificates.parent_certificate_id, same_term.previous_certificate_id) as leads_to
    from certificates
    left join same_term on certificates.certificate_id = same_term.certificate_id
    where certificates.decision_id is null
        and (certificates.parent_certificate_id is not null or same_term.certificate_id is not null)
),

-- `union`, not `union all`: main certificates that name each other come to an end too.
followed as (
    select
        certificate_id,
        leads_to
    from pointers
    union
    select
        followed.certificate_id,
        pointers.leads_to
    from followed
    inner join pointers on followed.leads_to = pointers.certificate_id
),

named as (
    select
        certificate_id,
        decision_id,
        false as is_from_stub
    from certificates
    where decision_id is not null
    union all
    select
        followed.certificate_id,
        ahead.decision_id,
        ahead.is_stub as is_from_stub
    from followed
    inner join {{ ref('stg_certificate') }} as ahead on followed.leads_to = ahead.certificate_id
    where ahead.decision_id is not null or ahead.is_stub
),

decided as (
    select
        named.certificate_id,
        named.decision_id,
        decisions.kind,
        decisions.decided_on,
        decisions.audit_id,
        named.is_from_stub or coalesce(decisions.is_stub, true) or decisions.decided_on is null as is_not_known,
        coalesce(decisions.decided_on > {{ as_of() }}, false) as is_later
    from named
    left join {{ ref('stg_decision') }} as decisions on named.decision_id = decisions.decision_id
),

-- A decision of its own makes no reissue when it renews, when it grants anew, or when nobody knows what it is; one
-- that is dated after as_of is none yet.
reissues as (
    select
        same_term.certificate_id,
        same_term.previous_certificate_id
    from same_term
    left join {{ ref('stg_decision') }} as own on same_term.decision_id = own.decision_id
    left join decided as before on same_term.previous_certificate_id = before.certificate_id
    where same_term.decision_id is null
        or own.decided_on > {{ as_of() }}
        or own.kind in ('refuse', 'maintain', 'extend', 'reduce')
        or (own.kind = 'grant' and own.decision_id = before.decision_id and not before.is_later)
)

select
    certificates.certificate_id,
    case when not decided.is_later then decided.decision_id end as decision_id,
    decided.decision_id as named_decision_id,
    case when not decided.is_later then decided.decided_on end as decided_on,
    case when not decided.is_later then decided.kind end as kind,
    case when not decided.is_later then decided.audit_id end as audit_id,
    case when not decided.is_later then audits.application_id end as application_id,
    coalesce(decided.is_later, false) as is_later,
    coalesce(decided.is_not_known, false) as is_not_known,
    coalesce(decided.is_not_known or decided.is_later, false) as is_unknown,
    coalesce(audits.is_stub, false) as is_audit_stub,
    reissues.previous_certificate_id as reissue_of
from certificates
left join decided on certificates.certificate_id = decided.certificate_id
left join {{ ref('stg_audit') }} as audits on decided.audit_id = audits.audit_id
left join reissues on certificates.certificate_id = reissues.certificate_id
