-- 6.2.4, C.5 A number is used once, whatever became of its certificate.
with numbers as (
    select
        normalised_no,
        min(body_id) as body_id,
        max(issued_on) as anchor_on,
        count(*) as certificate_count
    from {{ ref('int_certificate__itsms') }}
    group by normalised_no
),

-- Names are gathered for the few numbers that are used twice.
users as (
    select
        certificates.normalised_no,
        {{ joined_values('certificates.certificate_id', ';', 'certificates.certificate_id') }} as certificate_ids
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join numbers
        on certificates.normalised_no = numbers.normalised_no
        and numbers.certificate_count > 1
    group by certificates.normalised_no
),

judged as (
    select
        numbers.normalised_no as subject_id,
        numbers.body_id,
        numbers.anchor_on,
        numbers.certificate_count,
        users.certificate_ids,
        case when numbers.certificate_count > 1 then 'breach' else 'pass' end as state
    from numbers
    left join users on numbers.normalised_no = users.normalised_no
)

{{ judgement(
    'judged',
    found="'编号 ' || subject_id || ' 用于 ' || " ~ shown('certificate_count') ~ " || ' 张证书：' || certificate_ids",
    evidence=['certificate_ids']
) }}
