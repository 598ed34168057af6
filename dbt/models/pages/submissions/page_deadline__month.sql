-- How punctual reports were, by kind and month due, for each body and for all of them together (body_id '').
select
    case when grouping(body_id) = 1 then '' else body_id end as body_id,
    grouping(body_id) = 1 as is_total,
    kind,
    due_month,
    due_month is not null as is_dated,
    {%- for progress in ['on_time', 'late', 'overdue', 'open', 'undetermined'] %}
    count(case when progress = '{{ progress }}' then 1 end) as {{ progress }},
    {%- endfor %}
    cast(
        round(
            count(case when progress = 'on_time' then 1 end) * cast(100 as decimal(18, 4))
            / nullif(count(case when progress in ('on_time', 'late', 'overdue') then 1 end), 0), 2
        ) as decimal(18, 2)
    ) as on_time_percent,
    max(
        case progress
            when 'late' then {{ days_between('due_on', 'done_on') }}
            when 'overdue' then -days_left
        end
    ) as longest_days
from {{ ref('fct_submission_deadline') }}
group by grouping sets ((body_id, kind, due_month), (kind, due_month))
