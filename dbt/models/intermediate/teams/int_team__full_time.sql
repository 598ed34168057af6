-- 5.4.4.1 (3) A full-time ITSMS auditor of the body takes part from the first day of the audit to the last.
{{ config(materialized='ephemeral') }}
select
    *,
    is_judged and (not is_plan or has_team) as is_subject,
    case
        when is_combined and registered + may_be_registered = 0 then 'not_applicable'
        when is_combined and registered = 0 then 'undetermined'
        when full_time_throughout > 0 then 'pass'
        when may_be_full_time_throughout > 0 then 'undetermined'
        else 'breach'
    end as team_state
from {{ ref('int_team__itsms') }}
where {{ in_population('is_judged and (not is_plan or has_team)') }}
