-- 6.2.4, Annex C The certificate number has the form of Annex C, once upper-cased and stripped of blanks.
with judged as (
    select
        certificate_id as subject_id,
        body_id,
        issued_on as anchor_on,
        certificate_no,
        case when has_annex_c_form then 'pass' else 'breach' end as state
    from {{ ref('int_certificate__number') }}
)

{{ judgement(
    'judged',
    found="'证书编号 ' || certificate_no || ' 不符合附录 C 的构成'",
    evidence=['certificate_no']
) }}
