{# Codes of the contract in the words of a finding. #}
{% macro worded(value, words) -%}
    case {{ value }}
    {%- for code, word in words.items() %} when '{{ code }}' then '{{ word }}'{% endfor %} else {{ shown(value) }} end
{%- endmacro %}

{% macro event_label(value) -%}
    {{ worded(value, {'suspended': '暂停', 'restored': '恢复', 'revoked': '撤销', 'cancelled': '注销', 'reissued': '换证', 'changed': '变更'}) }}
{%- endmacro %}

{% macro audit_type_label(value) -%}
    {{ worded(value, {'stage1': '第一阶段', 'stage2': '第二阶段', 'surveillance': '监督', 'recertification': '再认证', 'special': '特殊审核'}) }}
{%- endmacro %}

{% macro conclusion_label(value) -%}
    {{ worded(value, {'recommend': '推荐', 'not_recommend': '不推荐', 'maintain': '保持', 'not_maintain': '不保持'}) }}
{%- endmacro %}

{# A number for each of some codes; NULL for others. #}
{% macro worded_number(value, numbers) -%}
    case {{ value }}
    {%- for code, number in numbers.items() %} when '{{ code }}' then {{ number }}{% endfor %} end
{%- endmacro %}

{% macro deadline_kind_label(value) -%}
    {{ worded(value, {'audit_plan': '审核计划', 'certification_result': '认证结果', 'status_change': '状态变化', 'monthly_report': '月度报告', 'annual_work_report': '年度工作报告', 'social_responsibility_report': '社会责任报告'}) }}
{%- endmacro %}

{% macro profile_label(value) -%}
    {{ worded(value, {'cnca': '国家规则', 'icas': 'ICAS 程序', 'zqhx': 'ZQHX 程序', 'zdqy': 'ZDQY 告知函'}) }}
{%- endmacro %}

{# A reason code as it is compared: no blanks, half-width brackets; NULL where nothing is said. #}
{% macro reason_of(code) -%}
    nullif(replace(replace({{ without_blanks(code) }}, '（', '('), '）', ')'), '')
{%- endmacro %}
