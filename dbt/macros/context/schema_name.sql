{# Schemas are named by their layer alone (marts, not main_marts): readers know where to look. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
