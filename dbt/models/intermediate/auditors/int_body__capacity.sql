-- 3.6, 3.10 Auditors and valid main certificates of every body on as_of.
with auditors as (
    select
        body_id,
        count(distinct case when system = 'ITSMS' and employment = 'full_time' then person_id end) as itsms_auditors_full_time,
        count(distinct case when system = 'ITSMS' then person_id end) as itsms_auditors,
        count(distinct person_id) as all_auditors
    from {{ ref('int_auditor__active') }}
    group by body_id
),

certificates as (
    select
        body_id,
        count(case when is_itsms then 1 end) as valid_itsms,
        count(*) as valid_all
    from {{ ref('int_certificate') }}
    where status = 'valid'
        and is_main
    group by body_id
),

counted as (
    select
        bodies.body_id,
        coalesce(auditors.itsms_auditors_full_time, 0) as itsms_auditors_full_time,
        coalesce(auditors.itsms_auditors, 0) as itsms_auditors,
        coalesce(certificates.valid_itsms, 0) as valid_itsms,
        coalesce(auditors.all_auditors, 0) as all_auditors,
        coalesce(certificates.valid_all, 0) as valid_all
    from {{ ref('stg_certification_body') }} as bodies
    left join auditors on bodies.body_id = auditors.body_id
    left join certificates on bodies.body_id = certificates.body_id
)

select
    *,
    {{ ratio('valid_itsms', 'itsms_auditors') }} as ratio_itsms,
    {{ ratio('valid_all', 'all_auditors') }} as ratio_all
from counted
