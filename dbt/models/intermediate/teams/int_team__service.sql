-- 3.6, 4.3, 5.4.4.1 A member is in service on the days on site; one of another body than the audit's is a warning.
{{ config(materialized='ephemeral') }}
with members as (
    select
        *,
        is_judged and role in ('leader', 'auditor', 'trainee', 'technical_expert') as is_subject,
        case
            when is_joined_unreadable then null
            when joined_on is null then false
            else joined_on > on_site_from
        end as is_too_early,
        case
            when is_left_unreadable then null
            when left_on is null then false
            else left_on < on_site_to
        end as is_too_late
    from {{ ref('int_team__member') }}
)

select
    *,
    case
        when is_stub_person then 'undetermined'
        when is_too_early or is_too_late then 'breach'
        when (is_too_early or is_too_late) is null then 'undetermined'
        else {{ state_if('person_body_id <> body_id', 'warning') }}
    end as team_state
from members
where {{ in_population('is_subject') }}
