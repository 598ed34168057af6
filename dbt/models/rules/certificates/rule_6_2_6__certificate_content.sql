-- 6.2.6 A certificate carries all required items.
with contents as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.issued_on,
        certificates.org_id,
        certificates.covers_multiple_sites,
        case when {{ is_blank('organizations.name') }} then '组织名称；' else '' end
            || case when {{ is_blank('organizations.uscc') }} then '统一社会信用代码；' else '' end
            || case when {{ is_blank('organizations.registered_address') }} then '注册地址；' else '' end
            || case when {{ is_blank('certificates.scope_text') }} then '认证范围；' else '' end
            || case when {{ is_blank('certificates.standard') }} then '认证标准；' else '' end
            || case when coalesce(certificates.surveillance_notice, false) then '' else '监督审核提示；' end
            || case when {{ is_blank('certificates.query_channel') }} then '查询途径；' else '' end as missing_items
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('stg_organization') }} as organizations on certificates.org_id = organizations.org_id
),

judged as (
    select
        *,
        certificate_id as subject_id,
        issued_on as anchor_on,
        case
            when missing_items <> '' then 'breach'
            when covers_multiple_sites is null then 'undetermined'
            else 'pass'
        end as state
    from contents
)

{{ judgement(
    'judged',
    found="case when missing_items <> '' then '缺少：' || trim(trailing '；' from missing_items) else '是否覆盖多场所未记录' end",
    evidence=['org_id', 'missing_items', 'covers_multiple_sites']
) }}
