{{ rule_results([
    'rule_6_2_1__validity',
    'rule_6_2_2__issued_after_decision',
    'rule_6_2_3__late_renewal_validity',
    'rule_6_2_4_a__number_form',
    'rule_6_2_4_b__number_parts',
    'rule_6_2_4_c__number_unique',
    'rule_6_2_4_d__number_sequence',
    'rule_6_2_6__certificate_content',
]) }}
