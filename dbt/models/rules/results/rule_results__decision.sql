{{ rule_results([
    'rule_5_10_4__nonconformities_closed',
    'rule_5_11_1__report_before_decision',
    'rule_5_12_1_a__independent_decision',
    'rule_5_12_1_b__full_time_decision',
    'rule_5_12_1_c__decision_in_prc',
    'rule_5_12_3__initial_decision_in_time',
    'rule_5_12_4__renewal_decision_in_time',
]) }}
