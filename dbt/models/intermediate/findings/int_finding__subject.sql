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

-- The parent that has a client: an event's certificate, a nonconformity's audit ...
parents as (
    select
        findings.*,
        coalesce(events.certificate_id, case when findings.subject_kind = 'certificate' then findings.subject_key end)
            as certificate_id,
        coalesce(
            nonconformities.audit_id,
            decisions.audit_id,
            complaints.audit_id,
            records.audit_id,
            case when findings.subject_kind = 'audit' then findings.subject_key end
        ) as audit_id,
        coalesce(records.application_id, case when findings.subject_kind = 'application' then findings.subject_key end)
            as application_id
    from findings
    left join {{ ref('stg_certificate_event') }} as events
        on findings.subject_kind = 'event' and findings.subject_key = events.event_id
    left join {{ ref('stg_nonconformity') }} as nonconformities
        on findings.subject_kind = 'nonconformity' and findings.subject_key = nonconformities.nc_id
    left join {{ ref('stg_decision') }} as decisions
        on findings.subject_kind = 'decision' and findings.subject_key = decisions.decision_id
    left join {{ ref('stg_complaint') }} as complaints
        on findings.subject_kind = 'complaint' and findings.subject_key = complaints.complaint_id
    left join {{ ref('stg_record_item') }} as records
        on findings.subject_kind = 'record' and findings.subject_key = records.record_id
)

select
    parents.subject_type,
    parents.subject_id,
    parents.body_id,
    coalesce(certificates.org_id, audits.org_id, applications.org_id) as org_id,
    case parents.subject_kind
        when 'certificate' then '证书 ' || coalesce(certificates.certificate_no, parents.subject_key)
        when 'certificate_number' then '证书编号 ' || parents.subject_key
        when 'event' then '证书 ' || coalesce(certificates.certificate_no, '') || ' 的状态事件 ' || parents.subject_key
        when 'audit' then '审核 ' || parents.subject_key
        when 'application' then '申请 ' || parents.subject_key
        when 'decision' then '认证决定 ' || parents.subject_key
        when 'nonconformity' then '不符合项 ' || parents.subject_key
        when 'record' then '档案 ' || parents.subject_key
        when 'complaint' then '申诉（投诉）' || parents.subject_key
        when 'person' then '人员 ' || parents.subject_key
        when 'body' then coalesce(bodies.name, parents.subject_key)
        else parents.subject_id
    end || case when organizations.name is null then '' else '（' || organizations.name || '）' end as label_zh
from parents
left join {{ ref('stg_certificate') }} as certificates on parents.certificate_id = certificates.certificate_id
left join {{ ref('stg_audit') }} as audits on parents.audit_id = audits.audit_id
left join {{ ref('stg_application') }} as applications on parents.application_id = applications.application_id
left join {{ ref('stg_certification_body') }} as bodies on parents.subject_kind = 'body' and parents.subject_key = bodies.body_id
left join {{ ref('stg_organization') }} as organizations
    on coalesce(certificates.org_id, audits.org_id, applications.org_id) = organizations.org_id
