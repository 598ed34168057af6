-- 审核计划信息表: what the file says of each plan, in the records' own words; teams are sub_audit_plan__member.
with systems as (
    select
        audit_id,
        {{ joined_values('system', ';', 'system') }} as systems
    from (
        select
            audit_id,
            {{ explode_list('systems') }} as system
        from {{ ref('sub_audit_plan__audit') }}
    ) as single_systems
    where {{ is_submitted_system('system') }}
    group by audit_id
),

-- The sites to be audited, the main one first; the form has one address, the others go into its remarks.
sites as (
    select
        sites.audit_id,
        sites.address,
        row_number() over (
            partition by sites.audit_id
            order by
                case sites.site_kind
                    when 'headquarters' then 1 when 'dissimilar' then 2 when 'similar' then 3 else 4
                end,
                sites.site_id
        ) as site_no
    from {{ ref('stg_audit_site') }} as sites
    inner join {{ ref('sub_audit_plan__audit') }} as plans on sites.audit_id = plans.audit_id
    where sites.audited
        and sites.address is not null
),

addresses as (
    select
        sites.audit_id,
        max(case when sites.site_no = 1 then sites.address end) as main_address,
        {{ joined_values("case when sites.address <> main_sites.address then sites.address end", ';', 'sites.site_no') }}
            as other_addresses
    from sites
    inner join sites as main_sites
        on sites.audit_id = main_sites.audit_id
        and main_sites.site_no = 1
    group by sites.audit_id
)

select
    -- keys
    plans.body_id,
    plans.audit_id,
    plans.due_on,

    -- audit
    plans.audit_type,
    plans.start_on,
    plans.end_on,
    case when plans.is_onsite then 'onsite' end as audit_mode,
    systems.systems,
    -- A surveillance has no application of its own: that of its certificate.
    coalesce(plans.application_id, basis.application_id) as application_id,
    certificates.normalised_no as certificate_no,
    bodies.approval_no as body_approval_no,

    -- organization
    organizations.name as org_name,
    organizations.country_code,
    case when organizations.country_code in ('156', '344', '446', '158') then organizations.region_code end as region_code,
    -- Characters 9 to 17 of the unified social credit code are the organization code.
    case
        when organizations.country_code = '156' and length(organizations.uscc) = 18
            then upper(substr(organizations.uscc, 9, 9))
    end as org_code,
    organizations.contact_person,
    case
        when organizations.phone is not null and organizations.fax is not null
            then organizations.phone || ';' || organizations.fax
        else coalesce(organizations.phone, organizations.fax)
    end as contact_ways,
    coalesce(addresses.main_address, organizations.business_address, organizations.registered_address) as address,
    addresses.other_addresses
from {{ ref('sub_audit_plan__audit') }} as plans
inner join {{ ref('stg_certification_body') }} as bodies on plans.body_id = bodies.body_id
inner join {{ ref('stg_organization') }} as organizations on plans.org_id = organizations.org_id
left join {{ ref('int_certificate') }} as certificates on plans.certificate_id = certificates.certificate_id
left join {{ ref('sub_monthly__basis') }} as basis on plans.certificate_id = basis.certificate_id
left join systems on plans.audit_id = systems.audit_id
left join addresses on plans.audit_id = addresses.audit_id
