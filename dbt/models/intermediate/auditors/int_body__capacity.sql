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
),

-- Certificates that may be valid: the day of issue, or the status that the ledger states, could not be read.
open_certificates as (
    select
        certificates.body_id,
        count(case when coalesce(certificates.is_itsms, true) then 1 end) as open_itsms,
        count(*) as open_all
    from {{ ref('int_certificate') }} as certificates
    left join {{ ref('management_system') }} as systems on certificates.system = systems.system
    where certificates.status = 'valid'
        and certificates.is_main
        and (certificates.issued_on is null or certificates.is_status_in_question)
        and systems.is_management_system is distinct from false
    group by certificates.body_id
)

select
    capacity.*,
    bodies.is_stub,
    coalesce(possible.possible_full_time, 0) as possible_full_time,
    coalesce(possible.possible_itsms_auditors, 0) + stubs.stub_itsms_auditors as possible_itsms_auditors,
    coalesce(possible.possible_all_auditors, 0) + stubs.stub_all_auditors as possible_all_auditors,
    capacity.valid_itsms + capacity.valid_of_unknown_system + coalesce(open_certificates.open_itsms, 0) as possible_valid_itsms,
    capacity.valid_all + coalesce(open_certificates.open_all, 0) as possible_valid_all
from {{ ref('int_body__capacity_by_day') }} as capacity
inner join {{ ref('stg_certification_body') }} as bodies on capacity.body_id = bodies.body_id
left join possible
    on capacity.body_id = possible.body_id
    and not possible.is_stub
left join open_certificates on capacity.body_id = open_certificates.body_id
cross join stubs
where capacity.day_on = {{ as_of() }}
