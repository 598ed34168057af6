-- ITSMS applications, and those that may be ones (systems unreadable), with their client and how far they have come by
-- as_of. is_judged: what 5.1.2 and 5.2.3 look at, an application that was accepted or on which an audit has begun.
with audits as (
    select
        application_id,
        min(case when is_begun and is_itsms then actual_start end) as first_begun_on,
        bool_or(is_begun and is_itsms) as has_begun,
        bool_or((is_begun and is_itsms) is null) as may_have_begun,
        -- When an audit of which that is not known may have begun at the earliest.
        min(case
            when (is_begun and is_itsms) is null then coalesce({{ happened('actual_start') }}, cast('1900-01-01' as date))
        end) as may_have_begun_on,
        -- 5.3.1 looks at every audit, whatever its status or system.
        min({{ happened('actual_start') }}) as first_started_on,
        bool_or({{ is_unreadable('actual_start') }}) as may_have_started
    from {{ ref('int_audit') }}
    where application_id is not null
    group by application_id
),

applications as (
    select
        applications.*,
        {{ list_has('applications.systems', 'ITSMS') }} as is_itsms,
        coalesce(clients.is_abroad, false) as is_abroad,
        clients.unified_code,
        audits.first_begun_on,
        coalesce(audits.may_have_begun, false) as may_have_begun,
        audits.may_have_begun_on,
        audits.first_started_on,
        coalesce(audits.may_have_started, false) as may_have_started,
        case
            when audits.has_begun then true
            when audits.may_have_begun then null
            else false
        end as has_begun,
        {{ unless_unreadable("applications.review_result = 'accepted'", ['review_result'], 'applications') }}
        and case
            when {{ is_unreadable('reviewed_on', 'applications') }} then null
            else applications.reviewed_on is null or applications.reviewed_on <= {{ as_of() }}
        end as is_accepted
    from {{ ref('stg_application') }} as applications
    left join {{ ref('int_client') }} as clients on applications.org_id = clients.org_id
    left join audits on applications.application_id = audits.application_id
    where not applications.is_stub
)

select
    *,
    is_itsms and (is_accepted or has_begun) as is_judged
from applications
where {{ in_population('is_itsms') }}
