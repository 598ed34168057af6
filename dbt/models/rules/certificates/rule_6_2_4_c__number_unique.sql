-- 6.2.4, C.5 A number is used once, whatever became of its certificate.
with judged as (
    select
        normalised_no as subject_id,
        min(body_id) as body_id,
        max(issued_on) as anchor_on,
        count(*) as certificate_count,
        {{ joined_values('certificate_id', ';', 'certificate_id') }} as certificate_ids,
        case when count(*) > 1 then 'breach' else 'pass' end as state
    from {{ ref('int_certificate__itsms') }}
    group by normalised_no
)

{{ judgement(
    'judged',
    found="'编号 ' || subject_id || ' 用于 ' || " ~ shown('certificate_count') ~ " || ' 张证书：' || certificate_ids",
    evidence=['certificate_ids']
) }}
