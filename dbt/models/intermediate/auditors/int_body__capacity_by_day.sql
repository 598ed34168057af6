-- 3.6, 3.10 Auditors and valid main certificates of every body on as_of and on days before it.
with days as (
    select
        bodies.body_id,
        days.day_on
    from {{ ref('stg_certification_body') }} as bodies
    cross join {{ ref('int_calendar__capacity_day') }} as days
),

auditors as (
    select
        spans.body_id,
        days.day_on,
        count(distinct case when spans.system = 'ITSMS' and spans.employment = 'full_time' then spans.person_id end)
            as itsms_auditors_full_time,
        count(distinct case when spans.system = 'ITSMS' then spans.person_id end) as itsms_auditors,
        count(distinct case when spans.is_management_system then spans.person_id end) as all_auditors
    from {{ ref('int_auditor__active_span') }} as spans
    inner join days
        on spans.body_id = days.body_id
        and spans.active_from <= days.day_on
        and spans.active_until >= days.day_on
    group by spans.body_id, days.day_on
),

-- Summed by day before they meet the days: certificates x days would be millions of pairs. A certificate of a system that
-- could not be read counts among all; service and product certificates do not.
valid_spans as (
    select
        certificates.body_id,
        coalesce(certificates.is_itsms, false) as is_itsms,
        certificates.system is null as is_system_unknown,
        intervals.from_on,
        intervals.to_on
    from {{ ref('int_certificate__status_interval') }} as intervals
    inner join {{ ref('int_certificate') }} as certificates on intervals.certificate_id = certificates.certificate_id
    left join {{ ref('management_system') }} as systems on certificates.system = systems.system
    where intervals.status = 'valid'
        and certificates.is_main
        and not certificates.is_status_in_question
        and systems.is_management_system is distinct from false
),

turns as (
    select
        body_id,
        is_itsms,
        is_system_unknown,
        from_on as turned_on,
        count(*) as change
    from valid_spans
    group by body_id, is_itsms, is_system_unknown, from_on
    union all
    select
        body_id,
        is_itsms,
        is_system_unknown,
        {{ add_days('to_on', 1) }} as turned_on,
        -count(*) as change
    from valid_spans
    where to_on is not null
    group by body_id, is_itsms, is_system_unknown, to_on
),

certificates as (
    select
        days.body_id,
        days.day_on,
        sum(case when turns.is_itsms then turns.change else 0 end) as valid_itsms,
        sum(turns.change) as valid_all,
        sum(case when turns.is_system_unknown then turns.change else 0 end) as valid_of_unknown_system
    from days
    inner join turns
        on days.body_id = turns.body_id
        and days.day_on >= turns.turned_on
    group by days.body_id, days.day_on
),

counted as (
    select
        days.body_id,
        days.day_on,
        coalesce(auditors.itsms_auditors_full_time, 0) as itsms_auditors_full_time,
        coalesce(auditors.itsms_auditors, 0) as itsms_auditors,
        cast(coalesce(certificates.valid_itsms, 0) as bigint) as valid_itsms,
        coalesce(auditors.all_auditors, 0) as all_auditors,
        cast(coalesce(certificates.valid_all, 0) as bigint) as valid_all,
        cast(coalesce(certificates.valid_of_unknown_system, 0) as bigint) as valid_of_unknown_system
    from days
    left join auditors
        on days.body_id = auditors.body_id
        and days.day_on = auditors.day_on
    left join certificates
        on days.body_id = certificates.body_id
        and days.day_on = certificates.day_on
)

select
    *,
    {{ ratio('valid_itsms', 'itsms_auditors') }} as ratio_itsms,
    {{ ratio('valid_all', 'all_auditors') }} as ratio_all
from counted
