-- 10.4 Electronic records are kept in a form that cannot be edited.
with judged as (
    select
        record_id as subject_id,
        body_id,
        stored_on as anchor_on,
        kind,
        application_id,
        audit_id,
        stored_on,
        medium,
        case when medium = 'electronic_editable' then 'breach' else 'pass' end as state
    from {{ ref('int_record__itsms') }}
)

{{ judgement(
    'judged',
    found="'记录归档于 ' || " ~ shown('stored_on') ~ " || '，以可编辑的电子形式保存'",
    evidence=['kind', 'application_id', 'audit_id', 'stored_on', 'medium']
) }}
