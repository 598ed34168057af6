-- Every assignment of the audits whose teams are looked at, with its person. Flags are three-valued: NULL where a stub
-- person, or a cell that could not be read, leaves them open.
--
-- on_site_from, on_site_to: the person's days on site; where none are written the audit's own days stand for them.
select
    audits.*,
    assignments.person_id,
    assignments.role,
    assignments.role in ('leader', 'auditor') as is_auditor,
    assignments.onsite_start,
    assignments.onsite_end,
    assignments.onsite_days as member_days,
    assignments.mentor_id,
    case
        when assignments.onsite_start is not null then assignments.onsite_start
        when not {{ is_unreadable('onsite_start', 'assignments') }} then audits.start_on
    end as on_site_from,
    case
        when assignments.onsite_end is not null then assignments.onsite_end
        when not {{ is_unreadable('onsite_end', 'assignments') }} then audits.end_on
    end as on_site_to,
    coalesce(persons.is_stub, true) as is_stub_person,
    persons.body_id as person_body_id,
    persons.employment,
    persons.employer,
    persons.joined_on,
    persons.left_on,
    {{ is_unreadable('joined_on', 'persons') }} as is_joined_unreadable,
    {{ is_unreadable('left_on', 'persons') }} as is_left_unreadable
from {{ ref('stg_audit_assignment') }} as assignments
inner join {{ ref('int_team__audit') }} as audits on assignments.audit_id = audits.audit_id
left join {{ ref('stg_person') }} as persons on assignments.person_id = persons.person_id
