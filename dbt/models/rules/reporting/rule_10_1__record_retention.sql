-- 10.1 Records are kept for two years after the end of the certificates that rest on them.
with disposed as (
    select *
    from {{ ref('int_record__itsms') }}
    where disposed_on <= {{ as_of() }}
),

-- A certificate rests on the records of the application that led to it and on those of the audits of itself.
supported as (
    select
        disposed.record_id,
        certificates.certificate_id
    from disposed
    inner join {{ ref('stg_audit') }} as audits on disposed.application_id = audits.application_id
    inner join {{ ref('stg_decision') }} as decisions
        on audits.audit_id = decisions.audit_id
        and decisions.kind in ('grant', 'renew')
        and decisions.decided_on <= {{ as_of() }}
    inner join {{ ref('int_certificate__itsms') }} as certificates on decisions.decision_id = certificates.decision_id
    union
    select
        record_id,
        audited_certificate_id as certificate_id
    from disposed
    where audited_certificate_id is not null
),

ends as (
    select
        supported.record_id,
        count(*) as certificates,
        count(certificates.ended_on) as certificates_ended,
        max(case when certificates.end_kind = 'expired' then certificates.expires_on else certificates.ended_on end) as last_ended_on
    from supported
    inner join {{ ref('int_certificate__itsms') }} as certificates on supported.certificate_id = certificates.certificate_id
    group by supported.record_id
),

judged as (
    select
        disposed.record_id as subject_id,
        disposed.body_id,
        disposed.disposed_on as anchor_on,
        disposed.kind,
        disposed.application_id,
        disposed.audit_id,
        disposed.disposed_on,
        ends.certificates,
        ends.certificates_ended,
        ends.last_ended_on,
        {{ add_months('ends.last_ended_on', parameter('record_retention_months', on='disposed.disposed_on')) }} as keep_until
    from disposed
    left join ends on disposed.record_id = ends.record_id
),

stated as (
    select
        *,
        case
            when certificates is null then 'not_applicable'
            when certificates_ended < certificates then 'breach'
            when disposed_on < keep_until then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'记录处置于 ' || " ~ shown('disposed_on') ~ " || '，' || case when certificates_ended < certificates then '仍有相关证书未终止' else '应保存至 ' || " ~ shown('keep_until') ~ " end",
    evidence=['kind', 'application_id', 'audit_id', 'disposed_on', 'certificates', 'certificates_ended', 'last_ended_on', 'keep_until']
) }}
