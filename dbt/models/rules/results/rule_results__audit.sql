{{ rule_results([
    'rule_5_4_1_4_a__first_surveillance',
    'rule_5_4_1_4_b__later_surveillance',
    'rule_5_4_5_3__plan_confirmed',
    'rule_5_5_3__top_manager_at_meetings',
    'rule_5_5_4__top_manager_leadership',
    'rule_5_5_5__terminated_audit',
    'rule_5_6_1_a__stage_gap_min',
    'rule_5_6_1_b__stage_gap_max',
    'rule_5_6_2_2__offsite_stage1',
    'rule_5_6_3_2__onsite_audit',
    'rule_5_10_3__major_verified',
]) }}
