{# First day of the month that lies so many months before that of as_of. #}
{% macro months_back(months) -%}
    {{ add_months(month_start(as_of()), '-' ~ months) }}
{%- endmacro %}
