{{ rule_results([
    'rule_5_1_2_1__legal_status',
    'rule_5_1_2_2__licence',
    'rule_5_1_2_3__sms_in_operation',
    'rule_5_1_2_4__earlier_certificate',
    'rule_5_1_2_5__earlier_body',
    'rule_5_1_2_6__ordered_to_close',
    'rule_5_1_2_7__serious_dishonesty',
    'rule_5_2_1__reviewed_before',
    'rule_5_2_3__transfer_conditions',
    'rule_5_2_4__review_told',
    'rule_5_3_1_a__contract_before_audit',
    'rule_5_3_1_b__paid_by_client',
]) }}
