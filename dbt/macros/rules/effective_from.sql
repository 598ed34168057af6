{# The day from which a rule profile is in force, for rules that count from it. #}
{% macro effective_from(profile) -%}
    (select effective_from from {{ ref('profile') }} where profile = '{{ profile }}')
{%- endmacro %}
