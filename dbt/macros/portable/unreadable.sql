{#
    The cell could not be read: its NULL is unknown, and never none, unlimited or not yet (rules.yaml, "tolerant landing").
    `relation` is the alias of a staging model; a stub has no unreadable cells, is_stub says what is unknown of it.
#}
{% macro is_unreadable(column, relation=none) -%}
    {{ adapter.dispatch('is_unreadable', 'certhouse')(column, (relation ~ '.' if relation else '') ~ 'unreadable_columns') }}
{%- endmacro %}

{% macro default__is_unreadable(column, names) -%}
    coalesce(array_contains({{ names }}, '{{ column }}'), false)
{%- endmacro %}

{% macro duckdb__is_unreadable(column, names) -%}
    coalesce(list_contains({{ names }}, '{{ column }}'), false)
{%- endmacro %}
