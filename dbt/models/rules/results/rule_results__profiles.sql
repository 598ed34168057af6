{{ rule_results([
    'rule_zdqy_5_2_a__yearly_surveillance',
    'rule_zdqy_5_2_b__second_surveillance',
    'rule_zdqy_5_3__recertification_gap',
    'rule_zqhx_3_2_2__monthly_report',
]) }}
