-- 5.12.1 Who decides is full-time staff of the body on that day.
with judged as (
    select
        decisions.decision_id as subject_id,
        decisions.body_id,
        decisions.decided_on as anchor_on,
        decisions.kind,
        decisions.decided_on,
        decisions.decided_by,
        persons.employment,
        persons.left_on,
        case
            when persons.employment = 'part_time' then 'breach'
            when persons.left_on < decisions.decided_on then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_decision__itsms') }} as decisions
    inner join {{ ref('stg_person') }} as persons on decisions.decided_by = persons.person_id
)

{{ judgement(
    'judged',
    found="'决定人员 ' || decided_by || case employment when 'part_time' then ' 为兼职' else ' 为专职' end || '，离职日 ' || " ~ shown('left_on') ~ " || '，决定日 ' || " ~ shown('decided_on'),
    evidence=['kind', 'decided_on', 'decided_by', 'employment', 'left_on']
) }}
