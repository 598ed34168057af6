-- Every audit of the records, of all systems, with how far it has come by as_of. A stub says nothing of an audit but
-- its key: it is none here. The flags are three-valued: NULL where a cell that could not be read decides.
with site_days as (
    -- Where a terminated audit has no last day of its own, its team's days tell it.
    select
        audit_id,
        max(case when onsite_end <= {{ as_of() }} then onsite_end end) as last_onsite_on,
        bool_or({{ is_unreadable('onsite_end') }}) as is_last_day_unreadable
    from {{ ref('stg_audit_assignment') }}
    group by audit_id
),

audits as (
    select
        audits.*,
        {{ list_has('audits.systems', 'ITSMS') }} as is_itsms,
        coalesce({{ list_has_other('audits.systems', 'ITSMS') }}, false) as is_combined,
        audits.status = 'completed'
            and {{ unless_unreadable('audits.actual_end <= ' ~ as_of(), ['actual_end'], 'audits') }} as is_completed,
        audits.status = 'terminated'
            and {{ unless_unreadable('audits.actual_start <= ' ~ as_of(), ['actual_start'], 'audits') }} as is_terminated,
        audits.status <> 'cancelled'
            and {{ unless_unreadable('audits.actual_start <= ' ~ as_of(), ['actual_start'], 'audits') }} as is_begun,
        coalesce(clients.is_abroad, false) as is_abroad,
        clients.unified_code,
        coalesce(clients.is_stub, true) as is_client_unknown,
        site_days.last_onsite_on,
        coalesce(site_days.is_last_day_unreadable, false) as is_last_day_unreadable
    from {{ ref('stg_audit') }} as audits
    left join {{ ref('int_client') }} as clients on audits.org_id = clients.org_id
    left join site_days on audits.audit_id = site_days.audit_id
    where not audits.is_stub
)

select
    *,
    is_completed or is_terminated as is_held,
    -- The last day of a held audit; NULL where it cannot be known.
    case
        when {{ is_unreadable('actual_end') }} then null
        when {{ happened('actual_end') }} is not null then actual_end
        when is_terminated and is_last_day_unreadable then null
        when is_terminated and last_onsite_on is not null then last_onsite_on
        when is_terminated then actual_start
    end as held_end_on
from audits
