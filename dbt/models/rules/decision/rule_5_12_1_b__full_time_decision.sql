-- 5.12.1 Who decides is full-time staff of the body, in service on that day.
with judged as (
    select
        decisions.decision_id as subject_id,
        decisions.decision_id,
        decisions.body_id,
        decisions.decided_on as anchor_on,
        decisions.kind,
        decisions.decided_on,
        decisions.decided_by,
        decisions.decided_by as person_id,
        persons.employment,
        persons.joined_on,
        persons.left_on,
        persons.body_id as person_body_id,
        decisions.is_abroad,
        decisions.is_itsms as is_member,
        case
            when persons.employment = 'part_time' then 'breach'
            when persons.left_on < decisions.decided_on then 'breach'
            when persons.joined_on > decisions.decided_on then 'breach'
            when persons.body_id <> decisions.body_id then 'breach'
            when coalesce(persons.is_stub, true) or persons.employment is null or persons.body_id is null then 'undetermined'
            when {{ is_unreadable('left_on', 'persons') }} or {{ is_unreadable('joined_on', 'persons') }} then 'undetermined'
            when decisions.body_id is null and (not decisions.has_no_audit or decisions.certificate_id is not null) then 'undetermined'
            else 'pass'
        end as state
    from {{ ref('int_decision__itsms') }} as decisions
    left join {{ ref('stg_person') }} as persons on decisions.decided_by = persons.person_id
)

{{ judgement(
    'judged',
    keys=['decision_id', 'person_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '决定人员 {decided_by}{employed}，到职日 {joined}，离职日 {left}，决定日 {decided_on}{elsewhere}',
        employed="' 为' || " ~ term('employment', 'employment'),
        joined=shown('joined_on'),
        left=shown('left_on'),
        elsewhere="case when person_body_id <> body_id then '，所属机构为 ' || person_body_id else '' end"
    ),
    evidence=['kind', 'decided_on', 'decided_by', 'employment', 'joined_on', 'left_on', 'person_body_id']
) }}
