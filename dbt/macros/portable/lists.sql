{# Lists are landed as text joined by ';'. #}

{# True when the list holds the value; NULL when the list is NULL. #}
{% macro list_has(list, value) -%}
    ((';' || {{ list }} || ';') like '%;{{ value }};%')
{%- endmacro %}

{# True when the list holds another value than this one; NULL when the list is NULL. #}
{% macro list_has_other(list, value) -%}
    (replace(';' || replace({{ list }}, ';', ';;') || ';', ';{{ value }};', '') <> '')
{%- endmacro %}

{# One row per value; to be used as a select item. #}
{% macro explode_list(list) -%}
    {{ adapter.dispatch('explode_list', 'certhouse')(list) }}
{%- endmacro %}

{% macro default__explode_list(list) -%}
    explode(split({{ list }}, ';'))
{%- endmacro %}

{% macro duckdb__explode_list(list) -%}
    unnest(string_split({{ list }}, ';'))
{%- endmacro %}

{# One row per integer 0 .. count - 1; no row for count <= 0; to be used as a select item. #}
{% macro explode_count(count) -%}
    {{ adapter.dispatch('explode_count', 'certhouse')(count) }}
{%- endmacro %}

{% macro default__explode_count(count) -%}
    explode(case when {{ count }} > 0 then sequence(0, cast({{ count }} as int) - 1) else array() end)
{%- endmacro %}

{% macro duckdb__explode_count(count) -%}
    unnest(range(0, cast({{ count }} as bigint)))
{%- endmacro %}

{# The group's values joined by the separator in a stated order. #}
{% macro joined_values(value, separator, order_by) -%}
    {{ adapter.dispatch('joined_values', 'certhouse')(value, separator, order_by) }}
{%- endmacro %}

{% macro default__joined_values(value, separator, order_by) -%}
    listagg({{ value }}, '{{ separator }}') within group (order by {{ order_by }})
{%- endmacro %}

{% macro duckdb__joined_values(value, separator, order_by) -%}
    string_agg({{ value }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}
