{# YYYY-MM: the month of a day as periods are written. #}
{% macro month_text(day) -%}
    substr(cast({{ day }} as {{ dbt.type_string() }}), 1, 7)
{%- endmacro %}

{# Months since year 0: differences are whole calendar months. #}
{% macro month_number(day) -%}
    (cast(extract(year from {{ day }}) as integer) * 12 + cast(extract(month from {{ day }}) as integer))
{%- endmacro %}
