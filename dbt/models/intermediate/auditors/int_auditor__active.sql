-- 3.6 Active auditors on as_of, of every system: not left, and registered as auditor or senior auditor. is_certain: false
-- where a cell that could not be read leaves it open. Stubs are none.
select
    person_id,
    body_id,
    employment,
    system,
    coalesce(bool_or(active_from <= {{ as_of() }} and active_until >= {{ as_of() }}), false) as is_certain
from {{ ref('int_auditor__active_span') }}
where possible_from <= {{ as_of() }}
    and possible_until >= {{ as_of() }}
    and not is_stub
group by person_id, body_id, employment, system
