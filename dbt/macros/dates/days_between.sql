{# Calendar days from the first day to the second; negative when the second is earlier. #}
{% macro days_between(first_day, second_day) -%}
    {{ dbt.datediff(first_day, second_day, 'day') }}
{%- endmacro %}

{# Days since 2000-01-01: an integer axis for RANGE windows, which every engine has for integers. #}
{% macro day_number(day) -%}
    {{ dbt.datediff("cast('2000-01-01' as date)", day, 'day') }}
{%- endmacro %}
