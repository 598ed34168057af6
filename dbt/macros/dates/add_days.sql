{# Calendar days. #}
{% macro add_days(day, days) -%}
    {{ adapter.dispatch('add_days', 'certhouse')(day, days) }}
{%- endmacro %}

{% macro default__add_days(day, days) -%}
    cast({{ dbt.dateadd('day', days, day) }} as date)
{%- endmacro %}

{% macro duckdb__add_days(day, days) -%}
    ({{ day }} + cast({{ days }} as integer))
{%- endmacro %}
