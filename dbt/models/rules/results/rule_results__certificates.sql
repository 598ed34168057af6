{{ rule_results([
    'rule_6_2_1__validity',
    'rule_6_2_2__issued_after_decision',
    'rule_6_2_4_a__number_form',
]) }}
