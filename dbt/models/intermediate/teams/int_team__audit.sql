-- The audits whose teams the rules look at, with the span that the team is measured by: held audits from their first day
-- to their last, and (is_plan) planned ones that are not over, by their plan. is_judged: NULL where that hangs on a cell
-- that nobody can read. An audit without any assignment is there too (has_team).
with assigned as (
    select distinct audit_id
    from {{ ref('stg_audit_assignment') }}
),

spans as (
    select
        *,
        false as is_plan,
        {{ is_held_itsms() }} as is_judged,
        actual_start as start_on,
        held_end_on as end_on
    from {{ ref('int_audit__itsms') }}
    where {{ in_population(is_held_itsms()) }}
    union all
    select
        *,
        true as is_plan,
        is_itsms and status = 'planned' and planned_end >= {{ as_of() }} as is_judged,
        planned_start as start_on,
        planned_end as end_on
    from {{ ref('int_audit__itsms') }}
    where {{ in_population("is_itsms and status = 'planned' and planned_end >= " ~ as_of()) }}
)

select
    spans.audit_id,
    spans.is_plan,
    spans.is_judged,
    spans.body_id,
    spans.org_id,
    spans.is_abroad,
    spans.application_id,
    spans.certificate_id,
    spans.audit_type,
    spans.systems,
    spans.is_combined,
    spans.is_completed,
    spans.is_itsms,
    spans.onsite_days,
    spans.start_on,
    spans.end_on,
    assigned.audit_id is not null as has_team,
    -- The scopes of the application, else of the certificate; those of an application that is a stub are unknown.
    case
        when applications.is_stub then null
        else coalesce(applications.scope_codes, certificates.scope_codes)
    end as scope_codes,
    coalesce(applications.is_stub, false) as is_scope_unknown,
    certificates.scope_codes is not null as has_certificate_scope
from spans
left join assigned on spans.audit_id = assigned.audit_id
left join {{ ref('stg_application') }} as applications on spans.application_id = applications.application_id
left join {{ ref('stg_certificate') }} as certificates on spans.certificate_id = certificates.certificate_id
