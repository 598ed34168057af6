{# Text as it stands in an address. #}
{% macro address_text(value) -%}
    {{ adapter.dispatch('address_text', 'certhouse')(value) }}
{%- endmacro %}

{# Spark writes a blank as +, which a fragment does not know. #}
{% macro default__address_text(value) -%}
    replace(url_encode({{ value }}), '+', '%20')
{%- endmacro %}

{% macro duckdb__address_text(value) -%}
    url_encode({{ value }})
{%- endmacro %}

{# Address of the records of a block: `page`.html#go=`block`&`block`.<column>=<value>; q searches. Values are SQL. #}
{% macro records_address(page, block, filters={}) -%}
    '{{ page }}.html#go={{ block }}'
    {%- for column, value in filters.items() %} || '&{{ block }}.{{ column }}=' || {{ address_text(value) }}{% endfor %}
{%- endmacro %}

{# Address of one record: `record`.html#id=<value>. #}
{% macro record_address(record, value) -%}
    '{{ record }}.html#id=' || {{ address_text(value) }}
{%- endmacro %}
