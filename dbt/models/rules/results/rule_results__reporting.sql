{{ rule_results([
    'rule_9_2__audit_plan_reported',
    'rule_9_3__result_reported',
    'rule_9_4_a__status_change_reported',
]) }}
