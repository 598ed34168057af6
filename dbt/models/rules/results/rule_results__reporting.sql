{{ rule_results([
    'rule_8_3_a__complaint_answered',
    'rule_8_3_b__complaint_independent',
    'rule_9_1_a__annual_work_report',
    'rule_9_1_b__social_responsibility_report',
    'rule_9_2__audit_plan_reported',
    'rule_9_3__result_reported',
    'rule_9_4_a__status_change_reported',
    'rule_9_4_b__status_change_published',
    'rule_11_2__internal_audit',
]) }}
