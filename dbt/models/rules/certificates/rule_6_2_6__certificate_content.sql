-- 6.2.6 A certificate carries all required items. The organization's columns are today's.
with printed as (
    select
        certificates.*,
        {{ printed_standard('certificates.standard') }} as printed_standard,
        clients.is_stub as is_client_stub,
        clients.name,
        clients.uscc,
        clients.registered_address,
        clients.business_address,
        {{ is_unreadable('name', 'clients') }} as is_name_unreadable,
        {{ is_unreadable('uscc', 'clients') }} as is_uscc_unreadable,
        {{ is_unreadable('registered_address', 'clients') }} as is_registered_address_unreadable,
        {{ is_unreadable('business_address', 'clients') }} as is_business_address_unreadable,
        coalesce(bodies.is_stub, true) or {{ is_unreadable('accreditation_no', 'bodies') }} as is_accreditation_no_unknown,
        bodies.accreditation_no,
        decisions.audit_id as decision_audit_id,
        coalesce(decisions.is_not_known, false) or {{ is_unreadable('decision_id', 'certificates') }} as is_decision_unknown
    from {{ ref('int_certificate__itsms') }} as certificates
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    left join {{ ref('stg_certification_body') }} as bodies on certificates.body_id = bodies.body_id
    left join {{ ref('int_certificate__decision') }} as decisions on certificates.certificate_id = decisions.certificate_id
),

editions as (
    select
        printed.certificate_id,
        printed.printed_standard is not null and editions.edition is null as is_edition_unknown,
        editions.valid_from <= printed.issued_on
        and (editions.last_issue_on is null or editions.last_issue_on >= printed.issued_on) as is_in_force
    from (
        select
            certificate_id,
            issued_on,
            printed_standard
        from printed
    ) as printed
    left join {{ ref('standard_edition') }} as editions on printed.printed_standard = editions.edition
),

sites as (
    select
        audit_id,
        max(case when {{ is_blank('address') }} and not {{ is_unreadable('address') }} and site_kind is not null then 1 else 0 end)
            as without_address,
        max(case when {{ is_unreadable('address') }} or ({{ is_blank('address') }} and site_kind is null) then 1 else 0 end)
            as perhaps_without_address
    from {{ ref('stg_audit_site') }}
    where coalesce(site_kind in ('headquarters', 'similar', 'dissimilar', 'service_point'), true)
    group by audit_id
),

contents as (
    select
        printed.certificate_id,
        printed.body_id,
        printed.org_id,
        printed.issued_on,
        printed.is_abroad,
        printed.is_itsms is null as is_unsure,
        printed.covers_multiple_sites,
        printed.accredited,
        {%- set client_items = {'name': '组织名称', 'uscc': '统一社会信用代码', 'registered_address': '注册地址', 'business_address': '经营地址'} %}
        {%- for column, label in client_items.items() %}
        case
            when coalesce(printed.is_client_stub, true) or printed.is_{{ column }}_unreadable then ''
            when {{ is_blank('printed.' ~ column) }} then '{{ label }}；'
            else ''
        end ||
        {%- endfor %}
        case when {{ is_unreadable('scope_text', 'printed') }} then '' when {{ is_blank('printed.scope_text') }} then '认证范围；' else '' end
        || case
            when {{ is_unreadable('standard', 'printed') }} then ''
            when printed.printed_standard is null then '认证标准（未注明年份版本）；'
            when not editions.is_in_force then '认证标准（版本不适用）；'
            else ''
        end
        || case
            when {{ is_unreadable('surveillance_notice', 'printed') }} then ''
            when coalesce(printed.surveillance_notice, false) then ''
            else '监督审核提示；'
        end
        || case when {{ is_unreadable('query_channel', 'printed') }} then '' when {{ is_blank('printed.query_channel') }} then '查询途径；' else '' end
        || case when printed.covers_multiple_sites and sites.without_address = 1 then '场所地址；' else '' end
        || case
            when printed.accredited and not printed.is_accreditation_no_unknown and {{ is_blank('printed.accreditation_no') }}
                then '认可号；'
            else ''
        end as missing_items,
        coalesce(printed.is_client_stub, true)
        {%- for column in client_items %}
        or printed.is_{{ column }}_unreadable
        {%- endfor %}
        or {{ is_unreadable('scope_text', 'printed') }}
        or {{ is_unreadable('standard', 'printed') }}
        or coalesce(editions.is_edition_unknown, false)
        or (printed.printed_standard is not null and not editions.is_edition_unknown and editions.is_in_force is null)
        or {{ is_unreadable('surveillance_notice', 'printed') }}
        or {{ is_unreadable('query_channel', 'printed') }}
        or printed.covers_multiple_sites is null
        or (printed.covers_multiple_sites and (printed.is_decision_unknown or coalesce(sites.perhaps_without_address = 1, false)))
        or printed.accredited is null
        or (printed.accredited and printed.is_accreditation_no_unknown) as is_something_unknown
    from printed
    left join editions on printed.certificate_id = editions.certificate_id
    left join sites on printed.decision_audit_id = sites.audit_id
),

judged as (
    select
        *,
        certificate_id as subject_id,
        issued_on as anchor_on,
        case
            when is_unsure then 'undetermined'
            when missing_items <> '' then 'breach'
            when is_something_unknown then 'undetermined'
            else 'pass'
        end as state
    from contents
)

{{ judgement(
    'judged',
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found="case when missing_items <> '' then " ~ say('缺少或不符：{what}', what="trim(trailing '；' from missing_items)")
        ~ " else '证书内容有未记录、无法读取或无法核对的项目（是否覆盖多场所、是否带认可、标准版本、组织或机构记录）' end",
    evidence=['org_id', 'missing_items', 'covers_multiple_sites', 'accredited']
) }}
