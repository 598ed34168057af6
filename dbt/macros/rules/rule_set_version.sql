{# Version of the rule set: a digest of every rule's SQL and catalogue entry and of the parameter rows. #}
{% macro rule_set_version() -%}
    {%- set parts = [] -%}
    {%- if execute -%}
        {%- for entry in rule_catalogue() -%}
            {%- set node = graph.nodes['model.certhouse.' ~ entry.model] -%}
            {%- do parts.append(entry.model ~ node.raw_code ~ tojson(entry.rule, sort_keys=true)) -%}
        {%- endfor -%}
        {%- for row in run_query('select name, value, cast(effective_from as ' ~ dbt.type_string() ~ ') from ' ~ ref('parameter') ~ ' order by 1, 3') -%}
            {%- do parts.append(row[0] ~ '=' ~ row[1] ~ '@' ~ row[2]) -%}
        {%- endfor -%}
    {%- else -%}
        {%- do ref('parameter') -%}
    {%- endif -%}
    {{ return(local_md5(parts | join('\n'))[:12]) }}
{%- endmacro %}
