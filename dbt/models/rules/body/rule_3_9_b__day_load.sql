-- 3.9 Nobody works more than one person-day on one day: overlapping audits, or days that do not fit their span.
with judged as (
    select
        person_days.person_id || '|' || cast(person_days.day_on as {{ dbt.type_string() }}) as subject_id,
        persons.body_id,
        person_days.day_on as anchor_on,
        person_days.day_on as observed_on,
        person_days.person_id,
        person_days.audit_ids,
        person_days.load_days,
        case when person_days.load_days > {{ parameter('person_day_load_max') }} then 'breach' else 'pass' end as state
    from {{ ref('int_auditor__day') }} as person_days
    inner join {{ ref('stg_person') }} as persons on person_days.person_id = persons.person_id
)

{{ judgement(
    'judged',
    has=['observed_on'],
    found="'当日现场审核 ' || " ~ shown_number('load_days') ~ " || ' 人日，超过 1 人日；审核：' || audit_ids",
    evidence=['person_id', 'load_days', 'audit_ids']
) }}
