-- What a finding is about, as people call it: the certificate or audit and its client, the body, the person's id.
-- Findings only: the directory of everything would be millions of rows that nobody reads.
-- Rules about one subject may name more or fewer of its keys: together they say what it is.
with results as (
    select
        rules.subject_type,
        results.subject_id,
        results.body_id,
        max(results.certificate_id) as certificate_id,
        max(results.audit_id) as audit_id,
        max(results.application_id) as application_id,
        max(results.decision_id) as decision_id,
        max(results.nc_id) as nc_id,
        max(results.event_id) as event_id,
        max(results.complaint_id) as complaint_id,
        max(results.record_id) as record_id,
        max(results.person_id) as person_id,
        max(results.org_id) as org_id,
        max(results.clause_no) as clause_no
    from {{ ref('rule_results') }} as results
    inner join {{ ref('dim_rule') }} as rules on results.rule_id = rules.rule_id
    where results.subject_id is not null
    group by rules.subject_type, results.subject_id, results.body_id
),

-- Which of its keys the subject is. A kind that can be one of two is the one whose key is there.
kinds as (
    select
        *,
        case
            when subject_type in ('surveillance', 'certificate_year') then 'certificate'
            when subject_type in ('audit_site', 'audit_person', 'audit_objective') then 'audit'
            when subject_type in ('person_day', 'person_scope') then 'person'
            when subject_type like 'body%' then 'body'
            when subject_type = 'application_or_audit' then case when audit_id is null then 'application' else 'audit' end
            when subject_type = 'certificate_or_event' then case when event_id is null then 'certificate' else 'event' end
            when subject_type = 'work_person' then case when decision_id is null then 'audit' else 'decision' end
            else subject_type
        end as subject_kind
    from results
),

-- One key column per kind: a join on a plain equality hashes, a condition on the left side alone would loop.
keyed as (
    select
        subject_type,
        subject_id,
        body_id,
        subject_kind,
        org_id as stated_org_id,
        clause_no,
        person_id,
        event_id as event_key,
        nc_id as nonconformity_key,
        decision_id as decision_key,
        complaint_id as complaint_key,
        record_id as record_key,
        certificate_id as certificate_key,
        audit_id as audit_key,
        application_id as application_key
    from kinds
),

-- The parent that has a client: an event's certificate, a nonconformity's audit ...
parents as (
    select
        keyed.*,
        coalesce(keyed.certificate_key, events.certificate_id) as parent_certificate_id,
        coalesce(
            keyed.audit_key, nonconformities.audit_id, decisions.audit_id, complaints.audit_id, records.audit_id
        ) as parent_audit_id,
        coalesce(keyed.application_key, records.application_id) as parent_application_id
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
        coalesce(certificates.org_id, audits.org_id, applications.org_id, parents.stated_org_id) as org_id,
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
    clients.person_id,
    case clients.subject_kind
        when 'certificate' then '证书 ' || coalesce(clients.certificate_no, clients.certificate_key)
        when 'certificate_number' then '证书编号 ' || clients.subject_id
        when 'event' then '证书 ' || coalesce(clients.certificate_no, '') || ' 的状态事件 ' || clients.event_key
        when 'audit' then '审核 ' || clients.audit_key
        when 'application' then '申请 ' || clients.application_key
        when 'decision' then '认证决定 ' || clients.decision_key
        when 'nonconformity' then '不符合项 ' || clients.nonconformity_key
        when 'record' then '档案 ' || clients.record_key
        when 'complaint' then '申诉（投诉）' || clients.complaint_key
        when 'person' then '人员 ' || clients.person_id
        when 'body' then coalesce(bodies.name, clients.body_id) || coalesce(' 条款 ' || clients.clause_no, '')
        else clients.subject_id
    end || case when organizations.name is null then '' else '（' || organizations.name || '）' end as label_zh
from clients
left join {{ ref('stg_certification_body') }} as bodies on clients.body_id = bodies.body_id
left join {{ ref('stg_organization') }} as organizations on clients.org_id = organizations.org_id
-- A certificate that is issued after as_of, or nobody knows when, is in no register: nothing can be looked up under it.
left join {{ ref('int_certificate') }} as registered
    on clients.certificate_id = registered.certificate_id
    and registered.issued_on <= {{ as_of() }}
