{#
    What a reader must know of the findings of a rule.

    A day in the past is judged by the client's row as it stands today: the source keeps no history of it.
#}
{% macro rule_caution(rule_id) -%}
    case
        when {{ rule_id }} in ('R5.1.2-1', 'R5.1.2-2', 'R5.1.2-4', 'R5.1.2-6', 'R5.1.2-7')
            then '委托人信息（主体、许可、停业、失信）为当前登记值，不是受理当日的记录。'
    end
{%- endmacro %}
