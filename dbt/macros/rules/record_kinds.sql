{# 10.2 The kinds of record of a certification file, in the order of the clause, with what people call them. #}
{% macro record_kinds() -%}
    {{ return({
        'application_form': '认证申请书',
        'application_review': '申请评审记录',
        'contract': '认证合同',
        'audit_programme': '审核方案',
        'audit_time_basis': '审核时间确定的理由',
        'audit_plan': '审核计划',
        'sign_in_sheet': '首末次会议签到表',
        'onsite_record': '现场审核记录',
        'nc_report': '不符合报告及验证记录',
        'audit_report': '审核报告',
        'decision_record': '认证决定记录',
    }) }}
{%- endmacro %}
