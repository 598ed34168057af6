-- 10 Records of ITSMS certification: a record follows its audit, else its application; one without a parent stays in, and
-- so does one whose parent is not in the data. is_unsure: whether it belongs here at all hangs on a cell that could not be read.
with followed as (
    select
        records.record_id,
        records.kind,
        records.stored_on,
        records.signed,
        records.medium,
        records.disposed_on,
        records.audit_id,
        records.unreadable_columns,
        coalesce(records.application_id, audits.application_id) as application_id,
        audits.certificate_id as audited_certificate_id,
        coalesce(audits.body_id, applications.body_id) as body_id,
        -- A record follows its audit, also one whose client nobody knows.
        case when records.audit_id is not null then audits.org_id else applications.org_id end as org_id,
        coalesce(audits.is_stub, false) or coalesce(applications.is_stub, false) as has_stub_parent,
        {{ is_unreadable('audit_id', 'records') }}
        or (records.application_id is null and {{ is_unreadable('application_id', 'records') }})
        or (records.application_id is null and {{ is_unreadable('application_id', 'audits') }})
        or {{ is_unreadable('certificate_id', 'audits') }} as has_unreadable_parent,
        case
            when records.audit_id is not null
                then case when audits.is_stub then true else {{ list_has('audits.systems', 'ITSMS') }} end
            when {{ is_unreadable('audit_id', 'records') }} then cast(null as boolean)
            when records.application_id is not null
                then case when applications.is_stub then true else {{ list_has('applications.systems', 'ITSMS') }} end
            when {{ is_unreadable('application_id', 'records') }} then cast(null as boolean)
            else true
        end as is_itsms
    from {{ ref('stg_record_item') }} as records
    left join {{ ref('stg_audit') }} as audits on records.audit_id = audits.audit_id
    left join {{ ref('stg_application') }} as applications
        on coalesce(records.application_id, audits.application_id) = applications.application_id
    where not records.is_stub
)

select
    followed.*,
    followed.is_itsms is null as is_unsure,
    coalesce(clients.is_abroad, false) as is_abroad
from followed
left join {{ ref('int_client') }} as clients on followed.org_id = clients.org_id
where coalesce(followed.is_itsms, true)
