-- Every enabled rule with its counts, for each body and for all of them together (body_id '').
with counted as (
    select
        rule_id,
        case when grouping(body_id) = 1 then '' else body_id end as body_id,
        sum(breach) as breach,
        sum(warning) as warning,
        sum(undetermined) as undetermined,
        sum(passed) as passed,
        sum(not_applicable) as not_applicable,
        sum(population) as population
    from {{ ref('fct_rule_monthly') }}
    group by grouping sets ((rule_id, body_id), (rule_id))
),

bodies as (
    select '' as body_id
    union all
    select body_id
    from {{ ref('dim_certification_body') }}
)

select
    rules.rule_id,
    bodies.body_id,
    bodies.body_id = '' as is_total,
    rules.profile,
    rules.clause,
    rules.title_zh,
    rules.severity,
    rules.chapter_zh as chapter,
    cast(coalesce(counted.breach, 0) as bigint) as breach,
    cast(coalesce(counted.warning, 0) as bigint) as warning,
    cast(coalesce(counted.undetermined, 0) as bigint) as undetermined,
    cast(coalesce(counted.passed, 0) as bigint) as passed,
    cast(coalesce(counted.not_applicable, 0) as bigint) as not_applicable,
    cast(coalesce(counted.population, 0) as bigint) as population,
    rules.subject_type,
    rules.demand_zh,
    rules.decided_zh,
    rules.undetermined_when_zh,
    rules.parameters_in_force,
    rules.columns_read,
    rules.effective_from
from {{ ref('dim_rule') }} as rules
cross join bodies
left join counted
    on rules.rule_id = counted.rule_id
    and bodies.body_id = counted.body_id
where rules.is_enabled
