-- 6.2.4, C.1, C.4 The parts of a well-formed certificate number agree with the certificate.
with numbers as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_abroad,
        certificates.is_itsms is null or certificates.has_annex_c_form is null as is_unsure,
        certificates.issued_on,
        certificates.certificate_no,
        certificates.cycle_no,
        certificates.is_main,
        certificates.is_main and {{ is_unreadable('parent_certificate_id', 'certificates') }} as is_parent_unreadable,
        certificates.accredited,
        bodies.approval_no,
        coalesce(bodies.is_stub, true) or {{ is_unreadable('accreditation_code', 'bodies') }} as is_code_unknown,
        certificates.number_body_code,
        certificates.number_year,
        certificates.number_cycle,
        certificates.number_accreditation,
        certificates.number_suffix,
        substr(
            certificates.normalised_no,
            1,
            length(certificates.normalised_no) - length(coalesce(certificates.number_suffix, ''))
        ) as number_without_suffix,
        {{ normalised_number('parents.certificate_no') }} as parent_number,
        {{ normalised_number('bodies.accreditation_code') }} as accreditation_code,
        {{ number_body_code('bodies.approval_no') }} as body_code,
        {{ two_digit_year('lines.line_start_on') }} as issue_year,
        coalesce(nullif(trim(leading '0' from certificates.number_cycle), ''), '0') as cycle_as_printed
    from {{ ref('int_certificate__number') }} as certificates
    left join {{ ref('int_certificate__line') }} as lines on certificates.certificate_id = lines.certificate_id
    left join {{ ref('stg_certification_body') }} as bodies on certificates.body_id = bodies.body_id
    left join {{ ref('stg_certificate') }} as parents
        on certificates.parent_certificate_id = parents.certificate_id
    where coalesce(certificates.has_annex_c_form, true)
),

compared as (
    select
        *,
        number_body_code = body_code as has_body_code,
        number_year = issue_year as has_year,
        cycle_as_printed = cast(cycle_no as {{ dbt.type_string() }}) as has_cycle,
        case
            when accredited is null then null
            when not accredited then number_accreditation = '00'
            when accreditation_code is null and is_code_unknown then null
            else coalesce(number_accreditation = accreditation_code, false)
        end as has_accreditation,
        case
            when is_parent_unreadable then null
            when is_main then number_suffix is null
            when number_suffix is null then false
            else number_without_suffix = parent_number
        end as has_suffix
    from numbers
),

judged as (
    select
        *,
        certificate_id as subject_id,
        issued_on as anchor_on,
        case when has_body_code is null then '机构代码（批准号未知或形式无法识别）；' when not has_body_code then '机构代码；' else '' end
            || case when has_year is null then '年份（签发日未知）；' when not has_year then '年份；' else '' end
            || case when has_cycle is null then '认证周期（未记录）；' when not has_cycle then '认证周期；' else '' end
            || case when has_accreditation is null then '认可机构代码（是否带认可或代码未知）；' when not has_accreditation then '认可机构代码；' else '' end
            || case when has_suffix is null then '子证书号（主证书未知）；' when not has_suffix then '子证书号；' else '' end as parts,
        case
            when is_unsure then 'undetermined'
            when not (has_body_code and has_year and has_cycle and has_accreditation and has_suffix) then 'breach'
            when has_body_code and has_year and has_cycle and has_accreditation and has_suffix then 'pass'
            else 'undetermined'
        end as state
    from compared
)

{{ judgement(
    'judged',
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found="case when certificate_no is null then '证书编号未记录' else "
        ~ say('证书编号 {certificate_no} 中不一致或无法核对的部分：{what}', what="trim(trailing '；' from parts)") ~ " end",
    evidence=['certificate_no', 'approval_no', 'issued_on', 'cycle_no', 'accredited', 'accreditation_code', 'parent_number', 'parts']
) }}
