-- What could not be decided, by rule and by what the judgement lacked, for each body and for all of them together
-- (body_id ''). A value that the evidence has and that is empty is what the judgement lacked.
with found as (
    select
        findings.body_id,
        findings.rule_id,
        coalesce(
            nullif({{ json_empty_keys('findings.evidence') }}, ''),
            case when findings.anchor_on is null then 'anchor' else 'other' end
        ) as missing
    from {{ ref('fct_rule_finding') }} as findings
    where findings.state = 'undetermined'
),

counted as (
    select
        case when grouping(body_id) = 1 then '' else body_id end as body_id,
        grouping(body_id) = 1 as is_total,
        rule_id,
        missing,
        count(*) as findings
    from found
    group by grouping sets ((body_id, rule_id, missing), (rule_id, missing))
)

select
    counted.body_id,
    counted.is_total,
    counted.rule_id,
    rules.profile,
    rules.title_zh,
    counted.missing,
    counted.findings,
    rules.undetermined_when_zh,
    rules.columns_read
from counted
inner join {{ ref('dim_rule') }} as rules on counted.rule_id = rules.rule_id
