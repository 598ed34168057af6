{#
    The catalogue: one entry per rule model, read from the meta that stands beside each rule's SQL.
    Available when models run, not while they are parsed.
#}
{% macro rule_catalogue() -%}
    {%- set rules = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.meta.get('rule') -%}
            {%- set folder = node.fqn[-2] -%}
            {%- do rules.append({'model': node.name, 'folder': folder, 'rule': node.config.meta.rule}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(rules | sort(attribute='model')) }}
{%- endmacro %}

{# A text literal. #}
{% macro literal(value) -%}
    {%- if value is none -%}cast(null as {{ dbt.type_string() }}){%- else -%}'{{ value | string | replace("'", "''") }}'{%- endif -%}
{%- endmacro %}
