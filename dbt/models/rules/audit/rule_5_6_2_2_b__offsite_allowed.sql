-- 5.6.2.2 A stage 1 may be off site in two cases: the same client holds a valid certificate of the body of another
-- management system, or another accredited body certified it.
with
other_certificates as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        clients.unified_code,
        certificates.system
    from {{ ref('stg_certificate') }} as certificates
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    left join {{ ref('management_system') }} as systems on certificates.system = systems.system
    where not certificates.is_stub
        and coalesce(certificates.system <> 'ITSMS', true)
        and systems.is_management_system is distinct from false
),

-- Without any certificate of another system the body's other systems were not delivered, and nobody can say.
bodies as (
    select distinct body_id
    from other_certificates
    where system is not null
),

offsite as (
    select
        audits.*,
        {{ is_completed_itsms(['stage1'], 'audits') }}
        and {{ unless_unreadable('not audits.is_onsite', ['is_onsite'], 'audits') }} as is_judged
    from {{ ref('int_audit__itsms') }} as audits
    where {{ in_population(is_completed_itsms(['stage1'], 'audits') ~ ' and '
        ~ unless_unreadable('not audits.is_onsite', ['is_onsite'], 'audits')) }}
),

pairs as (
    select
        offsite.audit_id,
        offsite.actual_start,
        held.certificate_id,
        held.system
    from offsite
    inner join other_certificates as held
        on offsite.body_id = held.body_id
        and offsite.org_id = held.org_id
    union
    select
        offsite.audit_id,
        offsite.actual_start,
        held.certificate_id,
        held.system
    from offsite
    inner join other_certificates as held
        on offsite.body_id = held.body_id
        and offsite.unified_code = held.unified_code
),

holders as (
    select
        pairs.audit_id,
        bool_or(pairs.system is not null) as is_holder,
        bool_or(pairs.system is null) as may_be_holder
    from pairs
    inner join {{ ref('int_certificate__status_interval') }} as intervals
        on pairs.certificate_id = intervals.certificate_id
        and intervals.status = 'valid'
        and intervals.from_on <= pairs.actual_start
        and (intervals.to_on is null or intervals.to_on >= pairs.actual_start)
    group by pairs.audit_id
),

judged as (
    select
        offsite.*,
        offsite.audit_id as subject_id,
        offsite.actual_start as anchor_on,
        applications.kind as application_kind,
        case
            when holders.is_holder then 'pass'
            when applications.kind = 'transfer' then 'pass'
            when applications.transfer_certificate_accredited then 'pass'
            when not {{ is_blank('applications.transfer_from_certificate_no') }} then 'pass'
            when coalesce(applications.is_stub, true) or applications.kind is null then 'undetermined'
            when {{ is_unreadable('transfer_certificate_accredited', 'applications') }} then 'undetermined'
            when holders.may_be_holder or bodies.body_id is null then 'undetermined'
            else 'breach'
        end as state
    from offsite
    left join {{ ref('stg_application') }} as applications on offsite.application_id = applications.application_id
    left join holders on offsite.audit_id = holders.audit_id
    left join bodies on offsite.body_id = bodies.body_id
)

{{ judgement(
    'judged',
    keys=['audit_id', 'application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('第一阶段未在现场实施；审核开始日 {actual_start} 客户没有本机构其他管理体系的有效证书记录，也没有其他获认可机构颁发证书的记录；所记录的理由：{offsite_reason}'),
    evidence=['application_id', 'application_kind', 'actual_start', 'offsite_reason']
) }}
