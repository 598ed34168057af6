{{ rule_results([
    'rule_5_4_1_4_a__first_surveillance',
    'rule_5_4_1_4_b__later_surveillance',
]) }}
