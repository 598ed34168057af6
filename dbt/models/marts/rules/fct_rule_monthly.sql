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
    cast(sum(subjects) as bigint) as population
from {{ ref('rule_results') }}
group by rule_id, profile, body_id, month
