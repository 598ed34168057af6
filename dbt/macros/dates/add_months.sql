{# Same day n months later, clamped to the last day of that month (2026-08-31 + 6 = 2027-02-28). #}
{% macro add_months(day, months) -%}
    {{ adapter.dispatch('add_months', 'certhouse')(day, months) }}
{%- endmacro %}

{% macro default__add_months(day, months) -%}
    cast({{ dbt.dateadd('month', months, day) }} as date)
{%- endmacro %}

{% macro duckdb__add_months(day, months) -%}
    cast({{ day }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}
