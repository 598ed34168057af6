-- 10.1 Records are kept for two years after the end of the certificates that rest on them.
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
        certificates.ended_on,
        certificates.end_kind,
        certificates.expires_on,
        coalesce(supported.is_certificate_of and certificates.is_itsms and certificates.issued_on <= {{ as_of() }}, false) as is_known
    from supported
    left join {{ ref('int_certificate__itsms') }} as certificates on supported.certificate_id = certificates.certificate_id
    left join {{ ref('stg_certificate') }} as any_certificates on supported.certificate_id = any_certificates.certificate_id
    where certificates.certificate_id is not null
        or any_certificates.is_stub
),

ends as (
    select
        record_id,
        count(*) as certificates,
        count(case when is_known and ended_on is null and expires_on is not null then 1 end) as certificates_running,
        max(
            case
                when not is_known then null
                when end_kind in ('revoked', 'cancelled') then ended_on
                when end_kind = 'expired' then {{ add_days('ended_on', '-1') }}
                when end_kind = 'superseded' then expires_on
            end
        ) as last_ended_on,
        count(
            case
                when not is_known then 1
                when expires_on is null and coalesce(end_kind, 'superseded') = 'superseded' then 1
            end
        ) as certificates_unknown
    from certified
    group by record_id
),

judged as (
    select
        disposed.record_id as subject_id,
        disposed.record_id,
        disposed.body_id,
        disposed.org_id,
        disposed.is_abroad,
        disposed.disposed_on as anchor_on,
        disposed.kind,
        disposed.application_id,
        disposed.audit_id,
        disposed.disposed_on,
        disposed.is_unsure or disposed.is_day_unknown as is_unsure,
        disposed.has_stub_parent or disposed.has_unreadable_parent as is_parent_unknown,
        ends.certificates,
        ends.certificates_running,
        ends.certificates_unknown,
        ends.last_ended_on,
        {{ add_months('ends.last_ended_on', parameter('record_retention_months', on='disposed.disposed_on')) }} as keep_until
    from disposed
    left join ends on disposed.record_id = ends.record_id
),

stated as (
    select
        *,
        case
            when is_unsure then 'undetermined'
            when certificates_running > 0 then 'breach'
            when disposed_on < keep_until then 'breach'
            when is_parent_unknown or certificates_unknown > 0 then 'undetermined'
            when certificates is null then 'not_applicable'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    member="nullif(is_unsure, true)",
    keys=['record_id', 'audit_id', 'application_id', 'org_id'],
    abroad='is_abroad',
    found="case when certificates_running > 0 then " ~ say('记录处置于 {disposed_on}，仍有相关证书未终止')
        ~ " when disposed_on < keep_until then " ~ say('记录处置于 {disposed_on}，应保存至 {keep_until}')
        ~ " else " ~ say('记录处置于 {disposed_on}，所依据的证书、审核或申请未提供或无法读取') ~ " end",
    evidence=['kind', 'application_id', 'audit_id', 'disposed_on', 'certificates', 'certificates_running', 'certificates_unknown', 'last_ended_on', 'keep_until']
) }}
