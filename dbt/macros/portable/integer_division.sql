{# Whole part of a quotient of non-negative integers. #}
{% macro whole_quotient(dividend, divisor) -%}
    {{ adapter.dispatch('whole_quotient', 'certhouse')(dividend, divisor) }}
{%- endmacro %}

{% macro default__whole_quotient(dividend, divisor) -%}
    (({{ dividend }}) div nullif({{ divisor }}, 0))
{%- endmacro %}

{% macro duckdb__whole_quotient(dividend, divisor) -%}
    (({{ dividend }}) // nullif({{ divisor }}, 0))
{%- endmacro %}

{# Quotient of non-negative integers, rounded half up to 4 decimals in integer arithmetic; NULL for a zero divisor. #}
{% macro ratio(dividend, divisor) -%}
    cast(cast({{ whole_quotient('20000 * cast(' ~ dividend ~ ' as bigint) + cast(' ~ divisor ~ ' as bigint)', '2 * cast(' ~ divisor ~ ' as bigint)') }} as decimal(28, 4)) / 10000 as decimal(28, 4))
{%- endmacro %}
