{# Management systems that the CNCA files speak of: variable submission_systems, joined by commas. #}
{% macro is_submitted_system(column) -%}
    {{ column }} in (
    {%- for system in var('submission_systems', 'ITSMS').split(',') -%}
        {{ dbt.string_literal(system | trim) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
    )
{%- endmacro %}

{# The audit was (also) of a system that is submitted. #}
{% macro has_submitted_system(list) -%}
    (
    {%- for system in var('submission_systems', 'ITSMS').split(',') -%}
        {{ list_has(list, system | trim) }}{{ ' or ' if not loop.last }}
    {%- endfor -%}
    )
{%- endmacro %}

{# First day of the oldest month for which rows are kept: the month of as_of is the last of submission_months. #}
{% macro submission_first_day() -%}
    {{ add_months(month_start(as_of()), 1 - var('submission_months', 24) | int) }}
{%- endmacro %}

{# Last day of a month's file: the month's last day, or as_of while the month still runs. #}
{% macro submission_last_day(month) -%}
    least({{ add_days(add_months(month, 1), -1) }}, {{ as_of() }})
{%- endmacro %}
