-- Planned: 3.6, 4.3, 5.4.4.1 A member of a team is in service of the body on the days on site.
with judged as (
    select
        *,
        audit_id || '|' || person_id as subject_id,
        start_on as anchor_on,
        -- Out of service or of another body: both are a warning here.
        case
            when team_state = 'breach' then 'warning'
            when not is_stub_person and coalesce(person_body_id <> body_id, false) then 'warning'
            else team_state
        end as state
    from {{ ref('int_team__service') }}
    where is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'person_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_subject',
    found=say('{on_site_from} 至 {on_site_to} 参加审核；入职于 {joined_on}，离职于 {left_on}，所属机构 {person_body_id}，审核机构 {body_id}'),
    evidence=['audit_id', 'person_id', 'role', 'on_site_from', 'on_site_to', 'joined_on', 'left_on', 'person_body_id']
) }}
