{# The steps of the outlook on surveillances to come, the nearest first: what is due within `days` and in no earlier one. #}
{% macro surveillance_horizons() -%}
    {%- set steps = [] -%}
    {%- for step in ['near', 'middle', 'later', 'far'] -%}
        {%- do steps.append({'step': step, 'days': parameter('surveillance_' ~ step ~ '_days') | trim}) -%}
    {%- endfor -%}
    {{ return(steps) }}
{%- endmacro %}
