-- How conformity developed: the five states by month of the day that decides (the anchor), from the same pass
-- over the rules as the findings. Sums over bodies and months are fct_rule_evaluation's counts.
select
    rule_id,
    profile,
    body_id,
    month,
    {%- for state in ['pass', 'warning', 'breach', 'undetermined', 'not_applicable'] %}
    cast(sum(case when state = '{{ state }}' then subjects else 0 end) as bigint)
        as {{ 'passed' if state == 'pass' else state }},
    {%- endfor %}
    cast(sum(subjects) as bigint) as population,
    cast(sum(case when state in ('pass', 'warning', 'breach') then subjects else 0 end) as bigint) as judged,
    cast(sum(case when state = 'breach' then subjects else 0 end) * 100 as bigint) as breach_hundredfold,
    {{ month_text('month') }} as period,
    coalesce(month > {{ add_months(as_of(), '-' ~ parameter('finding_history_months')) }}, false) as is_recent
from {{ ref('rule_results') }}
group by rule_id, profile, body_id, month
