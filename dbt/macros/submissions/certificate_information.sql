{#
    证书信息表 of any rows: what the form says of each certificate, in the records' own words. Codes, lengths and
    obligatory fields are the form's matter (the form profile), not this macro's.

    rows: a relation like sub_monthly__certificate_row, one row per certificate, month and report_type; status is
    that of its reported_until.
#}
{% macro certificate_information(rows) -%}
{%- set headcount = 'coalesce(reference_audits.headcount_effective, certificate_rows.application_headcount)' -%}
with certificate_rows as (
    select
        certificate_rows.*,
        certificates.certificate_no,
        certificates.normalised_no,
        certificates.org_id,
        certificates.system,
        certificates.standard,
        certificates.scope_codes,
        certificates.scope_text,
        certificates.issued_on,
        certificates.expires_on,
        certificates.first_certified_on,
        certificates.cycle_no,
        certificates.is_main,
        certificates.parent_certificate_id,
        certificates.accredited,
        certificates.covers_multiple_sites,
        certificates.branch_name,
        coalesce(certificates.parent_certificate_id, certificates.certificate_id) as main_certificate_id,
        -- What is said of the client's size, contract and sites comes from the row's audit, else from the
        -- audit that the certificate was granted on.
        coalesce(certificate_rows.audit_id, basis.audit_id) as reference_audit_id,
        basis.application_headcount,
        basis.contract_no,
        basis.contract_fee
    from {{ rows }} as certificate_rows
    inner join {{ ref('int_certificate') }} as certificates
        on certificate_rows.certificate_id = certificates.certificate_id
    inner join {{ ref('sub_monthly__basis') }} as basis
        on certificate_rows.certificate_id = basis.certificate_id
),

status_then as (
    select
        certificate_rows.certificate_id,
        certificate_rows.month,
        certificate_rows.report_type,
        intervals.status,
        intervals.from_on
    from certificate_rows
    inner join {{ ref('int_certificate__status_interval') }} as intervals
        on certificate_rows.certificate_id = intervals.certificate_id
        and certificate_rows.reported_until >= intervals.from_on
        and (intervals.to_on is null or certificate_rows.reported_until <= intervals.to_on)
),

suspension_events as (
    select
        status_then.certificate_id,
        status_then.month,
        status_then.report_type,
        replace(replace(replace(events.reason_code, ' ', ''), '（', '('), '）', ')') as reason_code,
        events.suspended_until,
        events.effective_on,
        events.seq
    from status_then
    inner join {{ ref('stg_certificate_event') }} as events
        on status_then.certificate_id = events.certificate_id
        and events.effective_on >= status_then.from_on
    inner join certificate_rows
        on status_then.certificate_id = certificate_rows.certificate_id
        and status_then.month = certificate_rows.month
        and status_then.report_type = certificate_rows.report_type
    where status_then.status = 'suspended'
        and events.event = 'suspended'
        and events.effective_on <= certificate_rows.reported_until
    qualify row_number() over (
        partition by status_then.certificate_id, status_then.month, status_then.report_type
        order by events.effective_on desc, events.seq desc
    ) = 1
),

revocations as (
    select
        certificate_id,
        effective_on,
        replace(replace(replace(reason_code, ' ', ''), '（', '('), '）', ')') as reason_code
    from {{ ref('stg_certificate_event') }}
    where event = 'revoked'
    qualify row_number() over (partition by certificate_id order by effective_on, seq) = 1
),

surveillances as (
    select
        certificate_rows.certificate_id,
        certificate_rows.month,
        certificate_rows.report_type,
        count(*) as surveillance_count
    from certificate_rows
    inner join {{ ref('stg_audit') }} as audits
        on certificate_rows.main_certificate_id = audits.certificate_id
        and certificate_rows.issued_on <= audits.actual_end
        and certificate_rows.reported_until >= audits.actual_end
    where audits.audit_type = 'surveillance'
        and audits.status = 'completed'
    group by certificate_rows.certificate_id, certificate_rows.month, certificate_rows.report_type
),

sites as (
    select
        audit_id,
        {{ joined_values('address', ';', 'site_id') }} as site_addresses
    from {{ ref('stg_audit_site') }}
    where site_kind in ('headquarters', 'similar', 'dissimilar')
        and address is not null
        and audit_id in (select reference_audit_id from certificate_rows)
    group by audit_id
),

late_audits as (
    select distinct audit_id
    from {{ ref('int_certificate__surveillance_chain') }}
    where done_on > due_on
        and state <> 'not_applicable'
)

select
    -- keys
    certificate_rows.body_id,
    certificate_rows.month,
    certificate_rows.certificate_id,
    certificate_rows.report_type,
    certificate_rows.period_from,
    certificate_rows.reported_until,

    -- body
    bodies.approval_no as body_approval_no,
    coalesce(certificate_rows.branch_name, bodies.name) as branch_name,
    bodies.accreditation_code,
    case when certificate_rows.accredited then bodies.accreditation_no end as accreditation_no,
    case when certificate_rows.accredited then bodies.accreditation_mark_code end as accreditation_mark_code,

    -- organization
    organizations.name as org_name,
    organizations.name_en as org_name_en,
    organizations.former_name as org_former_name,
    -- Characters 9 to 17 of the unified social credit code are the organization code.
    case
        when organizations.country_code = '156' and length(organizations.uscc) = 18
            then upper(substr(organizations.uscc, 9, 9))
    end as org_code,
    organizations.industry_code,
    organizations.country_code,
    case when organizations.country_code in ('156', '344', '446', '158') then organizations.region_code end as region_code,
    case
        when organizations.business_address is null
            or organizations.business_address = organizations.registered_address
            then organizations.registered_address
        else organizations.registered_address || ';' || organizations.business_address
    end as org_addresses,
    organizations.postcode,
    organizations.phone,
    organizations.fax,
    organizations.legal_person,
    organizations.org_type_code,
    organizations.registered_capital,
    organizations.capital_currency,
    organizations.staff_total,
    {{ headcount }} as staff_covered,

    -- certificate
    certificate_rows.normalised_no as certificate_no,
    certificate_rows.system,
    certificate_rows.standard,
    certificate_rows.scope_codes,
    certificate_rows.scope_text,
    certificate_rows.covers_multiple_sites,
    case when certificate_rows.covers_multiple_sites then sites.site_addresses end as site_addresses,
    certificate_rows.first_certified_on,
    certificate_rows.issued_on,
    certificate_rows.expires_on,
    certificate_rows.cycle_no,
    cast(coalesce(surveillances.surveillance_count, 0) as integer) as surveillance_count,
    not certificate_rows.is_main as is_sub_certificate,
    main_certificates.normalised_no as main_certificate_no,
    main_certificates.expires_on as main_expires_on,
    certificate_rows.accredited as is_accredited,

    -- audit and decision
    audits.audit_id,
    case when certificate_rows.audit_id is null then 'change' else audits.audit_type end as audit_activity,
    case when audits.audit_type = 'stage2' then stage1.actual_start else audits.actual_start end as audit_start_on,
    audits.actual_end as audit_end_on,
    cast(audits.onsite_days + coalesce(stage1.onsite_days, 0) as decimal(18, 6)) as audit_days,
    cast(least({{ list_size('reference_audits.systems') }}, 4) as integer) as combined_systems,
    -- Annex B is drawn up for ITSMS alone.
    case
        when certificate_rows.system = 'ITSMS' and certificate_rows.audit_id is not null
            then cast({{ base_days_tenths(headcount, on='audits.actual_start') }} * 0.1 as decimal(18, 6))
    end as base_days,
    deciders.name as decided_by_name,
    case when certificate_rows.decision_id is null then certificate_rows.acted_on else decisions.decided_on end as decided_on,
    case
        when certificate_rows.audit_id is null then false
        else audits.overdue_cause is not null or late_audits.audit_id is not null
    end as is_overdue_audit,
    case when audits.overdue_cause is not null or late_audits.audit_id is not null then audits.programme_no end as programme_no,
    audits.overdue_cause,
    case
        when audits.overdue_cause is not null or late_audits.audit_id is not null then audits.planned_start
    end as planned_start_on,
    certificate_rows.contract_no,
    case when certificate_rows.audit_id is not null then certificate_rows.contract_fee end as contract_fee,
    -- The contract states fees in yuan.
    case
        when certificate_rows.audit_id is not null and certificate_rows.contract_fee is not null then 'CNY'
    end as contract_fee_currency,

    -- status
    status_then.status,
    suspension_events.reason_code as suspension_reason,
    case when status_then.status = 'suspended' then status_then.from_on end as suspended_on,
    suspension_events.suspended_until,
    case when status_then.status = 'revoked' then revocations.reason_code end as revocation_reason,
    case when status_then.status = 'revoked' then status_then.from_on end as revoked_on,

    -- change and exchange
    certificate_rows.changed_on,
    certificate_rows.change_types,
    certificate_rows.report_type = 'exchanged' as is_exchanged,
    certificate_rows.exchanged_on,
    certificate_rows.exchange_cause,
    certificate_rows.original_approval_no,
    certificate_rows.original_certificate_no
from certificate_rows
inner join {{ ref('stg_certification_body') }} as bodies on certificate_rows.body_id = bodies.body_id
inner join {{ ref('stg_organization') }} as organizations on certificate_rows.org_id = organizations.org_id
left join {{ ref('int_certificate') }} as main_certificates
    on certificate_rows.parent_certificate_id = main_certificates.certificate_id
left join {{ ref('stg_audit') }} as audits on certificate_rows.audit_id = audits.audit_id
left join {{ ref('stg_audit') }} as stage1 on certificate_rows.stage1_audit_id = stage1.audit_id
left join {{ ref('stg_audit') }} as reference_audits on certificate_rows.reference_audit_id = reference_audits.audit_id
left join sites on certificate_rows.reference_audit_id = sites.audit_id
left join late_audits on certificate_rows.audit_id = late_audits.audit_id
left join {{ ref('stg_decision') }} as decisions on certificate_rows.decision_id = decisions.decision_id
left join {{ ref('stg_person') }} as deciders
    on case when certificate_rows.decision_id is null then certificate_rows.acted_by else decisions.decided_by end = deciders.person_id
left join status_then
    on certificate_rows.certificate_id = status_then.certificate_id
    and certificate_rows.month = status_then.month
    and certificate_rows.report_type = status_then.report_type
left join suspension_events
    on certificate_rows.certificate_id = suspension_events.certificate_id
    and certificate_rows.month = suspension_events.month
    and certificate_rows.report_type = suspension_events.report_type
left join revocations on certificate_rows.certificate_id = revocations.certificate_id
left join surveillances
    on certificate_rows.certificate_id = surveillances.certificate_id
    and certificate_rows.month = surveillances.month
    and certificate_rows.report_type = surveillances.report_type
{%- endmacro %}
