-- Proves that nothing passes by not being looked at: every rule that is switched on was evaluated, and once.
select rules.rule_id as record
from batch as rules
left join marts.fct_rule_evaluation as evaluations
    on rules.rule_id = evaluations.rule_id and rules.profile = evaluations.profile
where rules.is_enabled
group by rules.rule_id
having count(evaluations.rule_id) <> 1
