-- 6.2.4, Annex C The certificate number has the form of Annex C, once upper-cased and stripped of blanks.
with judged as (
    select
        certificate_id as subject_id,
        certificate_id,
        body_id,
        org_id,
        is_abroad,
        is_itsms,
        issued_on as anchor_on,
        certificate_no,
        case
            when is_itsms is null then 'undetermined'
            when has_annex_c_form is null then 'undetermined'
            when has_annex_c_form then 'pass'
            else 'breach'
        end as state
    from {{ ref('int_certificate__number') }}
)

{{ judgement(
    'judged',
    member="is_itsms",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found="case when certificate_no is null then '证书编号未记录' else " ~ say('证书编号 {certificate_no} 不符合附录 C 的构成') ~ " end",
    evidence=['certificate_no']
) }}
