-- Proves that what is counted is what is listed: warnings, breaches and undetermined subjects of a rule are its findings.
with findings as (
    select
        rule_id,
        count(case when state = 'warning' then 1 end) as warning,
        count(case when state = 'breach' then 1 end) as breach,
        count(case when state = 'undetermined' then 1 end) as undetermined
    from marts.fct_rule_finding
    group by rule_id
)

select evaluations.rule_id as record
from batch as evaluations
left join findings on evaluations.rule_id = findings.rule_id
where evaluations.warning <> coalesce(findings.warning, 0)
    or evaluations.breach <> coalesce(findings.breach, 0)
    or evaluations.undetermined <> coalesce(findings.undetermined, 0)
