{# Number of values in a list joined by ';'; NULL when the list is NULL. #}
{% macro list_size(list) -%}
    (length({{ list }}) - length(replace({{ list }}, ';', '')) + 1)
{%- endmacro %}
