{{ rule_results([
    'rule_icas_6_4_2_1_a__stage_gap',
    'rule_icas_6_4_2_1_b__stage1_share',
    'rule_icas_6_4_2_2_j__same_team',
    'rule_icas_6_4_8_a__major_verified',
    'rule_icas_6_4_8_b__minor_accepted',
    'rule_icas_6_7_1_1__recertification_window',
    'rule_icas_6_7_1_5__recertification_time',
    'rule_icas_10_2__archived',
    'rule_zdqy_5_2_a__yearly_surveillance',
    'rule_zdqy_5_2_b__second_surveillance',
    'rule_zdqy_5_3__recertification_gap',
    'rule_zqhx_3_2_2__monthly_report',
]) }}
