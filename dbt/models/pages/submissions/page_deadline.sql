-- Obligations to report that were not discharged in time, or are not yet.
select
    deadlines.progress,
    cast(
        case deadlines.progress when 'overdue' then 1 when 'open' then 2 when 'undetermined' then 3 else 4 end as integer
    ) as progress_place,
    deadlines.kind,
    deadlines.due_on,
    deadlines.due_month,
    deadlines.done_on,
    deadlines.days_left,
    deadlines.period,
    deadlines.subject_type,
    deadlines.subject_id,
    case when deadlines.subject_type = 'certificate' then deadlines.subject_id end as certificate_id,
    bodies.name as body_name,
    deadlines.body_id
from {{ ref('fct_submission_deadline') }} as deadlines
left join {{ ref('dim_certification_body') }} as bodies on deadlines.body_id = bodies.body_id
where deadlines.progress <> 'on_time'
