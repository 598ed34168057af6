{# The day for which the warehouse speaks. The only clock there is. #}
{% macro as_of() -%}
    cast('{{ var("as_of") }}' as date)
{%- endmacro %}

{# A fact dated later than as_of has not happened yet: its date reads as unknown. #}
{% macro happened(column) -%}
    (case when {{ column }} <= {{ as_of() }} then {{ column }} end)
{%- endmacro %}
