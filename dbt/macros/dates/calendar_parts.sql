{% macro year_of(day) -%}
    cast(extract(year from {{ day }}) as integer)
{%- endmacro %}

{% macro month_start(day) -%}
    cast({{ dbt.date_trunc('month', day) }} as date)
{%- endmacro %}

{% macro year_start(day) -%}
    cast({{ dbt.date_trunc('year', day) }} as date)
{%- endmacro %}

{% macro month_of(day) -%}
    cast(extract(month from {{ day }}) as integer)
{%- endmacro %}

{# Calendar months from the month of the first day to the month of the second. #}
{% macro months_between(first_day, second_day) -%}
    (({{ year_of(second_day) }} - {{ year_of(first_day) }}) * 12 + {{ month_of(second_day) }} - {{ month_of(first_day) }})
{%- endmacro %}
