-- 5.1.2, 5.2.3 ITSMS applications accepted by as_of or on an unknown day, with their client as it is recorded today.
select
    applications.application_id,
    applications.body_id,
    applications.org_id,
    applications.kind,
    applications.submitted_on,
    applications.reviewed_on,
    applications.sms_operating_since,
    applications.prior_certificate_ended_on,
    applications.prior_body_revoked_on,
    applications.transfer_scope_accredited,
    applications.transfer_certificate_accredited,
    applications.transfer_certificate_in_force,
    applications.transfer_prior_body_in_order,
    applications.transfer_reports_obtained,
    organizations.legal_status_valid_until,
    organizations.legal_status_revoked_on,
    organizations.licence_required,
    organizations.licence_valid_until,
    organizations.closure_from,
    organizations.closure_until,
    organizations.blacklisted_from,
    organizations.blacklisted_until
from {{ ref('stg_application') }} as applications
inner join {{ ref('stg_organization') }} as organizations on applications.org_id = organizations.org_id
where applications.review_result = 'accepted'
    and (applications.reviewed_on is null or applications.reviewed_on <= {{ as_of() }})
    and {{ list_has('applications.systems', 'ITSMS') }}
