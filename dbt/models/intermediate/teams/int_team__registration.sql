-- 3.11, 4.2, 4.3 An auditor is registered for one of the audit's systems on every day on site, a trainee in any grade.
{{ config(materialized='ephemeral') }}
select
    *,
    is_judged and role in ('leader', 'auditor', 'trainee') as is_subject,
    case
        when is_stub_person then 'undetermined'
        else {{ state_if("not case when role = 'trainee' then is_registered_any_grade else is_registered end") }}
    end as team_state
from {{ ref('int_team__qualified') }}
where {{ in_population("is_judged and role in ('leader', 'auditor', 'trainee')") }}
