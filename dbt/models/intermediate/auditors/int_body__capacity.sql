-- 3.6, 3.10 Auditors and valid main certificates of every body on as_of: what counts for certain, and (possible_*) what
-- could count besides, where a cell could not be read. Stub persons with a registration could be of any body (stub_*).
with possible as (
    select
        body_id,
        is_stub,
        count(distinct case when system = 'ITSMS' and coalesce(employment, 'full_time') = 'full_time' then person_id end)
            as possible_full_time,
        count(distinct case when system = 'ITSMS' then person_id end) as possible_itsms_auditors,
        count(distinct case when is_management_system then person_id end) as possible_all_auditors
    from {{ ref('int_auditor__active_span') }}
    where possible_from <= {{ as_of() }}
        and possible_until >= {{ as_of() }}
    group by body_id, is_stub
),

stubs as (
    select
        coalesce(sum(possible_itsms_auditors), 0) as stub_itsms_auditors,
        coalesce(sum(possible_all_auditors), 0) as stub_all_auditors
    from possible
    where is_stub
)

select
    capacity.*,
    bodies.is_stub,
    coalesce(possible.possible_full_time, 0) as possible_full_time,
    coalesce(possible.possible_itsms_auditors, 0) + stubs.stub_itsms_auditors as possible_itsms_auditors,
    coalesce(possible.possible_all_auditors, 0) + stubs.stub_all_auditors as possible_all_auditors
from {{ ref('int_body__capacity_by_day') }} as capacity
inner join {{ ref('stg_certification_body') }} as bodies on capacity.body_id = bodies.body_id
left join possible
    on capacity.body_id = possible.body_id
    and not possible.is_stub
cross join stubs
where capacity.day_on = {{ as_of() }}
