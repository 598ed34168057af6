{# Days ahead in which surveillances are counted together as due, the nearest first. #}
{% macro surveillance_horizons() -%}
    {{ return([30, 60, 90, 180]) }}
{%- endmacro %}
