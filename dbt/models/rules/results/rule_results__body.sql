{{ rule_results([
    'rule_3_6_a__full_time_auditors',
    'rule_3_6_b__professional_auditors',
    'rule_3_6_c__basis_of_grant',
    'rule_3_9_a__cycle_year_days',
    'rule_3_9_b__day_load',
    'rule_3_10_a__itsms_certificates_per_auditor',
    'rule_3_10_b__all_certificates_per_auditor',
    'rule_3_11_a__registered_for_the_audit',
    'rule_3_11_a_p__registered_for_the_audit',
    'rule_4_a__in_service',
    'rule_4_a_p__in_service',
    'rule_d_1__documents',
]) }}
