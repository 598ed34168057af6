{{ rule_results([
    'rule_7_2_1__suspended_in_time',
    'rule_7_2_1_5__licence_lapsed',
    'rule_7_2_1_6__surveillance_overdue',
    'rule_7_2_1_12__major_not_verified',
    'rule_7_2_2__suspension_term',
    'rule_7_3_1__legal_status_lost',
    'rule_7_3_2__serious_dishonesty',
    'rule_7_3_3__suspension_resolved',
    'rule_7_3_e__revoked_in_time',
    'rule_7_4__cancelled_while_suspended',
    'rule_7_seq__event_sequence',
]) }}
