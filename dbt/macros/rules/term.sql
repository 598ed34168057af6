{#
    A code in Chinese, from seeds/term.csv: the one place where a code gets its word.

    list       the list of terms that the code is of
    value      SQL expression with the code
    short      the short word where the list has one, for use inside a sentence
    otherwise  SQL for a code that the list does not have: as it stands, or 未记录
#}
{% macro term(list, value, short=false, otherwise=none) -%}
    {%- set words = terms(list, short) -%}
    {%- set rest = otherwise or shown(value) -%}
    {%- if not words -%}{{ rest }}{%- else -%}
    case {{ value }}
    {%- for code, word in words.items() %} when {{ literal(code) }} then {{ literal(word) }}{% endfor %} else {{ rest }} end
    {%- endif -%}
{%- endmacro %}

{# Code -> word of a list of terms, in the seed's order of codes. An unknown list fails the build. #}
{% macro terms(list, short=false) -%}
    {%- set seed = ref('term') -%}
    {%- set words = {} -%}
    {%- if execute -%}
        {%- for row in run_query('select code, ' ~ ('coalesce(short_zh, zh)' if short else 'zh') ~ ' from ' ~ seed ~ " where list = '" ~ list ~ "' order by code") -%}
            {%- do words.update({row[0]: row[1]}) -%}
        {%- endfor -%}
        {%- if not words -%}
            {{ exceptions.raise_compiler_error("No terms of the list " ~ list ~ ": see seeds/term.csv") }}
        {%- endif -%}
    {%- endif -%}
    {{ return(words) }}
{%- endmacro %}
