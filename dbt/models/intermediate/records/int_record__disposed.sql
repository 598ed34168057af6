-- 10.1 Records disposed of, with the certificates that rest on them and the day until which those ask for the record.
with disposed as (
    select
        *,
        disposed_on is null as is_day_unknown
    from {{ ref('int_record__itsms') }}
    where disposed_on <= {{ as_of() }}
        or {{ is_unreadable('disposed_on') }}
),

-- A certificate rests on the records of the application on whose audits it was decided and on those of the audits of itself.
rests as (
    select
        disposed.record_id,
        certificates.certificate_id,
        case when certificates.kind is null or certificates.is_not_known then null else true end as is_certificate_of
    from disposed
    inner join {{ ref('int_certificate__decision') }} as certificates
        on disposed.application_id = certificates.application_id
        and coalesce(certificates.kind <> 'refuse', true)
    union all
    select
        record_id,
        audited_certificate_id as certificate_id,
        true as is_certificate_of
    from disposed
    where audited_certificate_id is not null
),

supported as (
    select
        record_id,
        certificate_id,
        bool_or(is_certificate_of) as is_certificate_of
    from rests
    group by record_id, certificate_id
),

-- is_known: nothing that could not be read decides whether it is one of the record's certificates. Certificates of another
-- system, or issued later, are none of these; one that is not in the data is unknown.
certified as (
    select
        supported.record_id,
        certificates.issued_on,
        certificates.ended_on,
        certificates.end_kind,
        certificates.expires_on,
        coalesce(supported.is_certificate_of and certificates.is_itsms and certificates.issued_on <= {{ as_of() }}, false) as is_known,
        coalesce(supported.is_certificate_of and certificates.is_itsms and certificates.issued_on is null, false) as is_issue_unknown,
        -- It may have ended on any day from its issue on.
        coalesce(ends.is_day_unknown or ends.is_own_day_unknown, false)
        or coalesce(certificates.is_status_in_question, false) as is_end_day_unknown
    from supported
    left join {{ ref('int_certificate__itsms') }} as certificates on supported.certificate_id = certificates.certificate_id
    left join {{ ref('int_certificate__ended') }} as ends on certificates.certificate_id = ends.certificate_id
    left join {{ ref('stg_certificate') }} as any_certificates on supported.certificate_id = any_certificates.certificate_id
    where certificates.certificate_id is not null
        or any_certificates.is_stub
),

counted as (
    select
        *,
        case
            when is_end_day_unknown then null
            when end_kind in ('revoked', 'cancelled') then ended_on
            when end_kind = 'expired' then {{ add_days('ended_on', '-1') }}
            when end_kind = 'superseded' then expires_on
        end as last_on
    from certified
),

ends as (
    select
        record_id,
        count(*) as certificates,
        count(case when is_known and not is_end_day_unknown and ended_on is null and expires_on is not null then 1 end)
            as certificates_running,
        max(case when is_known then coalesce(last_on, case when is_end_day_unknown then issued_on end) end) as last_ended_on,
        max(case when is_known or is_issue_unknown then last_on end) as perhaps_last_ended_on,
        count(
            case
                when is_issue_unknown and last_on is not null then null
                when not is_known or is_end_day_unknown then 1
                when expires_on is null and coalesce(end_kind, 'superseded') = 'superseded' then 1
            end
        ) as certificates_unknown,
        -- Perhaps issued later: where there is no other certificate, perhaps none.
        bool_or(is_issue_unknown) and not bool_or(is_known) as is_perhaps_none
    from counted
    group by record_id
),

kept as (
    select
        disposed.*,
        disposed.has_stub_parent or disposed.has_unreadable_parent as is_parent_unknown,
        ends.certificates,
        ends.certificates_running,
        ends.certificates_unknown,
        ends.last_ended_on,
        {{ add_months('ends.last_ended_on', parameter('record_retention_months', on='disposed.disposed_on')) }} as keep_until,
        {{ add_months('ends.perhaps_last_ended_on', parameter('record_retention_months', on='disposed.disposed_on')) }} as perhaps_keep_until,
        coalesce(ends.is_perhaps_none, false) as is_perhaps_none
    from disposed
    left join ends on disposed.record_id = ends.record_id
)

select
    *,
    -- Whether its certificates ask for the record no more, on as_of; NULL: nobody knows.
    case
        when certificates_running > 0 or keep_until > {{ as_of() }} then false
        when is_parent_unknown or certificates_unknown > 0 or is_perhaps_none or perhaps_keep_until > {{ as_of() }} then null
        else certificates is not null
    end as is_retention_over
from kept
