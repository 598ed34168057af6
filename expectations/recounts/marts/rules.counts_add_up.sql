-- Proves that no subject of a rule is lost: its five states add up to its population.
select rule_id as record
from batch
where passed + warning + breach + undetermined + not_applicable is distinct from population
    or least(passed, warning, breach, undetermined, not_applicable) < 0
