{{ rule_results([
    'rule_7_2_2__suspension_term',
    'rule_7_3_3__suspension_resolved',
]) }}
