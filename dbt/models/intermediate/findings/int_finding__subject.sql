-- What a finding is about, as people call it: the certificate or audit and its client, the body, the person's id.
-- Findings only: the directory of everything would be millions of rows that nobody reads.
with findings as (
    select distinct
        rules.subject_type,
        results.subject_id,
        results.body_id,
        case
            when results.subject_id like 'application|%' then 'application'
            when results.subject_id like 'audit|%' then 'audit'
            when results.subject_id like 'decision|%' then 'decision'
            else rules.subject_kind
        end as subject_kind,
        {{ dbt.split_part(
            "replace(replace(replace(results.subject_id, 'application|', ''), 'audit|', ''), 'decision|', '')", "'|'", 1
        ) }} as subject_key
    from {{ ref('rule_results') }} as results
    inner join (
        select
            rule_id,
            subject_type,
            case
                when subject_type in ('surveillance', 'certificate_year') then 'certificate'
                when subject_type in ('audit_site', 'audit_person', 'audit_objective') then 'audit'
                when subject_type in ('person_day', 'person_scope') then 'person'
                when subject_type in ('body_scope', 'body_year', 'body_month_recipient') then 'body'
                else subject_type
            end as subject_kind
        from {{ ref('dim_rule') }}
    ) as rules on results.rule_id = rules.rule_id
    where results.subject_id is not null
),

-- One key column per kind: a join on a plain equality hashes, a condition on the left side alone would loop.
keyed as (
    select
        *,
        case when subject_kind = 'event' then subject_key end as event_key,
        case when subject_kind = 'nonconformity' then subject_key end as nonconformity_key,
        case when subject_kind = 'decision' then subject_key end as decision_key,
        case when subject_kind = 'complaint' then subject_key end as complaint_key,
        case when subject_kind = 'record' then subject_key end as record_key,
        case when subject_kind = 'certificate' then subject_key end as certificate_key,
        case when subject_kind = 'audit' then subject_key end as audit_key,
        case when subject_kind = 'application' then subject_key end as application_key,
        case when subject_kind = 'body' then subject_key end as body_key
    from findings
),

-- The parent that has a client: an event's certificate, a nonconformity's audit ...
parents as (
    select
        keyed.*,
        coalesce(events.certificate_id, keyed.certificate_key) as parent_certificate_id,
        coalesce(
            nonconformities.audit_id, decisions.audit_id, complaints.audit_id, records.audit_id, keyed.audit_key
        ) as parent_audit_id,
        coalesce(records.application_id, keyed.application_key) as parent_application_id
    from keyed
    left join {{ ref('stg_certificate_event') }} as events on keyed.event_key = events.event_id
    left join {{ ref('stg_nonconformity') }} as nonconformities on keyed.nonconformity_key = nonconformities.nc_id
    left join {{ ref('stg_decision') }} as decisions on keyed.decision_key = decisions.decision_id
    left join {{ ref('stg_complaint') }} as complaints on keyed.complaint_key = complaints.complaint_id
    left join {{ ref('stg_record_item') }} as records on keyed.record_key = records.record_id
),

-- What came of an application: the main certificate, for audits that were held before there was one.
granted as (
    select
        audits.application_id,
        coalesce(
            min(case when certificates.parent_certificate_id is null then certificates.certificate_id end),
            min(certificates.certificate_id)
        ) as certificate_id
    from {{ ref('int_certificate') }} as certificates
    inner join {{ ref('stg_decision') }} as decisions on certificates.decision_id = decisions.decision_id
    inner join {{ ref('stg_audit') }} as audits on decisions.audit_id = audits.audit_id
    where audits.application_id is not null
    group by audits.application_id
),

clients as (
    select
        parents.*,
        certificates.certificate_no,
        coalesce(certificates.org_id, audits.org_id, applications.org_id) as org_id,
        coalesce(certificates.certificate_id, audits.certificate_id, granted.certificate_id) as certificate_id
    from parents
    left join {{ ref('stg_certificate') }} as certificates on parents.parent_certificate_id = certificates.certificate_id
    left join {{ ref('stg_audit') }} as audits on parents.parent_audit_id = audits.audit_id
    left join {{ ref('stg_application') }} as applications on parents.parent_application_id = applications.application_id
    left join granted on coalesce(parents.parent_application_id, audits.application_id) = granted.application_id
)

select
    clients.subject_type,
    clients.subject_id,
    clients.body_id,
    clients.org_id,
    registered.certificate_id,
    case
        when clients.subject_kind = 'person' then clients.subject_key
        when clients.subject_type = 'audit_person' then {{ dbt.split_part('clients.subject_id', "'|'", 2) }}
        when clients.subject_type = 'work_person' then {{ dbt.split_part('clients.subject_id', "'|'", 3) }}
    end as person_id,
    case clients.subject_kind
        when 'certificate' then '证书 ' || coalesce(clients.certificate_no, clients.subject_key)
        when 'certificate_number' then '证书编号 ' || clients.subject_key
        when 'event' then '证书 ' || coalesce(clients.certificate_no, '') || ' 的状态事件 ' || clients.subject_key
        when 'audit' then '审核 ' || clients.subject_key
        when 'application' then '申请 ' || clients.subject_key
        when 'decision' then '认证决定 ' || clients.subject_key
        when 'nonconformity' then '不符合项 ' || clients.subject_key
        when 'record' then '档案 ' || clients.subject_key
        when 'complaint' then '申诉（投诉）' || clients.subject_key
        when 'person' then '人员 ' || clients.subject_key
        when 'body' then coalesce(bodies.name, clients.subject_key)
        else clients.subject_id
    end || case when organizations.name is null then '' else '（' || organizations.name || '）' end as label_zh
from clients
left join {{ ref('stg_certification_body') }} as bodies on clients.body_key = bodies.body_id
left join {{ ref('stg_organization') }} as organizations on clients.org_id = organizations.org_id
-- A certificate that is issued after as_of is in no register yet: nothing can be looked up under it.
left join {{ ref('int_certificate') }} as registered on clients.certificate_id = registered.certificate_id
