-- 6.2.4, C.1, C.4 The parts of a well-formed certificate number agree with the certificate.
with numbers as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.issued_on,
        certificates.certificate_no,
        certificates.cycle_no,
        certificates.is_main,
        certificates.accredited,
        bodies.approval_no,
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
        {{ two_digit_year('certificates.issued_on') }} as issue_year,
        coalesce(nullif(trim(leading '0' from certificates.number_cycle), ''), '0') as cycle_as_printed
    from {{ ref('int_certificate__number') }} as certificates
    inner join {{ ref('stg_certification_body') }} as bodies on certificates.body_id = bodies.body_id
    left join {{ ref('stg_certificate') }} as parents
        on certificates.parent_certificate_id = parents.certificate_id
    where certificates.has_annex_c_form
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
            else coalesce(number_accreditation = accreditation_code, false)
        end as has_accreditation,
        case
            when is_main then number_suffix is null
            else number_suffix is not null and coalesce(number_without_suffix = parent_number, false)
        end as has_suffix
    from numbers
),

judged as (
    select
        *,
        certificate_id as subject_id,
        issued_on as anchor_on,
        case when has_body_code is null then '机构代码（批准号形式无法识别）；' when not has_body_code then '机构代码；' else '' end
            || case when not has_year then '年份；' else '' end
            || case when not has_cycle then '认证周期；' else '' end
            || case when has_accreditation is null then '认可机构代码（是否带认可未记录）；' when not has_accreditation then '认可机构代码；' else '' end
            || case when not has_suffix then '子证书号；' else '' end as parts,
        case
            when not (has_body_code and has_year and has_cycle and has_accreditation and has_suffix) then 'breach'
            when has_body_code and has_year and has_cycle and has_accreditation and has_suffix then 'pass'
            else 'undetermined'
        end as state
    from compared
)

{{ judgement(
    'judged',
    found="'证书编号 ' || certificate_no || ' 中不一致或无法核对的部分：' || trim(trailing '；' from parts)",
    evidence=['certificate_no', 'approval_no', 'issued_on', 'cycle_no', 'accredited', 'accreditation_code', 'parent_number', 'parts']
) }}
