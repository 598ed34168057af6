-- 10 Records of ITSMS certification: a record follows its audit, else its application; a record that names
-- neither stays in.
select
    records.record_id,
    records.kind,
    records.stored_on,
    records.signed,
    records.medium,
    records.disposed_on,
    records.audit_id,
    coalesce(records.application_id, audits.application_id) as application_id,
    audits.certificate_id as audited_certificate_id,
    coalesce(audits.body_id, applications.body_id) as body_id
from {{ ref('stg_record_item') }} as records
left join {{ ref('stg_audit') }} as audits on records.audit_id = audits.audit_id
left join {{ ref('stg_application') }} as applications on records.application_id = applications.application_id
where case
    when records.audit_id is not null then {{ list_has('audits.systems', 'ITSMS') }}
    when records.application_id is not null then {{ list_has('applications.systems', 'ITSMS') }}
    else true
end
