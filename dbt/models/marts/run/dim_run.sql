-- What this warehouse speaks for: the inputs of the run, from which everything else follows.
select
    {{ as_of() }} as as_of,
    {{ literal(var('batch_id')) }} as batch_id,
    {{ literal(var('contract_version')) }} as contract_version,
    {{ literal(rule_set_version()) }} as rule_set_version,
    {{ literal(var('profiles').replace(' ', '')) }} as profiles
