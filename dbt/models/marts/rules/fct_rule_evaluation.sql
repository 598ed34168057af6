-- How many subjects each enabled rule looked at, by state: no rule passes because it saw nothing.
select
    rules.rule_id,
    rules.profile,
    {%- for state in ['pass', 'warning', 'breach', 'undetermined', 'not_applicable'] %}
    cast(coalesce(sum(case when results.state = '{{ state }}' then results.subjects end), 0) as bigint)
        as {{ 'passed' if state == 'pass' else state }},
    {%- endfor %}
    cast(coalesce(sum(results.subjects), 0) as bigint) as population
from {{ ref('dim_rule') }} as rules
left join {{ ref('rule_results') }} as results on rules.rule_id = results.rule_id
where rules.is_enabled
group by rules.rule_id, rules.profile
