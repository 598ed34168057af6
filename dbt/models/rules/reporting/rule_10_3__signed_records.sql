-- 10.3 Records that the parties must sign are signed.
with judged as (
    select
        record_id as subject_id,
        body_id,
        stored_on as anchor_on,
        kind,
        application_id,
        audit_id,
        stored_on,
        case
            when signed is null then 'undetermined'
            when not signed then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_record__itsms') }}
    where kind in ('application_form', 'contract', 'audit_plan', 'sign_in_sheet', 'nc_report', 'decision_record')
)

{{ judgement(
    'judged',
    found="'记录归档于 ' || " ~ shown('stored_on') ~ " || case state when 'breach' then '，未签字或盖章' else '，是否签字未记录' end",
    evidence=['kind', 'application_id', 'audit_id', 'stored_on']
) }}
