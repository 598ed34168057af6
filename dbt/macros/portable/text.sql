{# What a person reads: the value, or that nothing is recorded. #}
{% macro shown(value) -%}
    coalesce(cast({{ value }} as {{ dbt.type_string() }}), '未记录')
{%- endmacro %}

{# A decimal as people write it: no trailing zeros. #}
{% macro shown_number(value) -%}
    {{ adapter.dispatch('shown_number', 'certhouse')(value) }}
{%- endmacro %}

{% macro default__shown_number(value) -%}
    coalesce(regexp_replace(cast({{ value }} as {{ dbt.type_string() }}), '(\\.0+|(\\.[0-9]*[1-9])0+)$', '$2'), '未记录')
{%- endmacro %}

{% macro duckdb__shown_number(value) -%}
    coalesce(regexp_replace(cast({{ value }} as varchar), '(\.0+|(\.[0-9]*[1-9])0+)$', '\2'), '未记录')
{%- endmacro %}

{# NULL or only white space (full-width blanks too): nothing was said. #}
{% macro is_blank(value) -%}
    ({{ value }} is null or trim(leading ' 　' from {{ value }}) = '')
{%- endmacro %}

{# All white space taken out, no-break and full-width blanks too. #}
{% macro without_blanks(value) -%}
    {{ adapter.dispatch('without_blanks', 'certhouse')(value) }}
{%- endmacro %}

{% macro default__without_blanks(value) -%}
    regexp_replace({{ value }}, '[\\s\\u00a0\\u3000]', '')
{%- endmacro %}

{% macro duckdb__without_blanks(value) -%}
    regexp_replace({{ value }}, '[\s\x{00a0}\x{3000}]', '', 'g')
{%- endmacro %}

{# JSON object of the named columns. #}
{% macro json_of(columns) -%}
    {{ adapter.dispatch('json_of', 'certhouse')(columns) }}
{%- endmacro %}

{% macro default__json_of(columns) -%}
    to_json(named_struct({% for column in columns %}'{{ column }}', {{ column }}{{ ", " if not loop.last }}{% endfor %}))
{%- endmacro %}

{% macro duckdb__json_of(columns) -%}
    cast(to_json({ {%- for column in columns %}'{{ column }}': {{ column }}{{ ", " if not loop.last }}{% endfor -%} }) as varchar)
{%- endmacro %}

{% macro matches(value, pattern) -%}
    {{ adapter.dispatch('matches', 'certhouse')(value, pattern) }}
{%- endmacro %}

{# The whole value has the form of the pattern. #}
{% macro default__matches(value, pattern) -%}
    ({{ value }} rlike '^({{ pattern }})$')
{%- endmacro %}

{% macro duckdb__matches(value, pattern) -%}
    regexp_full_match({{ value }}, '{{ pattern }}')
{%- endmacro %}

{# The n-th group of the pattern; NULL where the value has not that form. #}
{% macro extracted(value, pattern, group) -%}
    nullif(regexp_extract({{ value }}, '{{ pattern }}', {{ group }}), '')
{%- endmacro %}

{# Keys of a JSON object that have no value, joined by ';' in the object's order; '' where all have one. #}
{% macro json_empty_keys(json) -%}
    {{ adapter.dispatch('json_empty_keys', 'certhouse')(json) }}
{%- endmacro %}

{% macro default__json_empty_keys(json) -%}
    array_join(filter(json_object_keys({{ json }}), key -> get_json_object({{ json }}, concat('$.', key)) is null), ';')
{%- endmacro %}

{% macro duckdb__json_empty_keys(json) -%}
    array_to_string(
        list_filter(json_keys({{ json }}), lambda key: json_type({{ json }}, '$."' || key || '"') = 'NULL'), ';'
    )
{%- endmacro %}
