-- 8 Appeals and complaints: each follows its audit, else its certificate; one without a parent stays in, and so does one
-- whose parent is not in the data. Its client is the one it names, else its certificate's, else its audit's.
with followed as (
    select
        complaints.complaint_id,
        complaints.body_id,
        complaints.kind,
        complaints.audit_id,
        complaints.received_on,
        complaints.certificate_id,
        complaints.about,
        complaints.result,
        complaints.decided_on,
        complaints.decided_by,
        complaints.notified_on,
        complaints.unreadable_columns,
        complaints._source_row,
        coalesce(complaints.org_id, certificates.org_id, audits.org_id) as org_id,
        case
            when complaints.audit_id is not null
                then case when audits.is_stub then true else {{ list_has('audits.systems', 'ITSMS') }} end
            when {{ is_unreadable('audit_id', 'complaints') }} then cast(null as boolean)
            when complaints.certificate_id is not null
                then case when certificates.is_stub then true else certificates.system = 'ITSMS' end
            when {{ is_unreadable('certificate_id', 'complaints') }} then cast(null as boolean)
            else true
        end as is_itsms
    from {{ ref('stg_complaint') }} as complaints
    left join {{ ref('stg_audit') }} as audits on complaints.audit_id = audits.audit_id
    left join {{ ref('stg_certificate') }} as certificates on complaints.certificate_id = certificates.certificate_id
    where not complaints.is_stub
)

select
    followed.*,
    followed.is_itsms is null as is_unsure,
    coalesce(clients.is_abroad, false) as is_abroad
from followed
left join {{ ref('int_client') }} as clients on followed.org_id = clients.org_id
where coalesce(followed.is_itsms, true)
