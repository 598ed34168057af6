{# A number for each of some codes; NULL for others. #}
{% macro worded_number(value, numbers) -%}
    case {{ value }}
    {%- for code, number in numbers.items() %} when '{{ code }}' then {{ number }}{% endfor %} end
{%- endmacro %}

{# A reason code as it is compared: no blanks, half-width brackets; NULL where nothing is said. #}
{% macro reason_of(code) -%}
    nullif(replace(replace({{ without_blanks(code) }}, '（', '('), '）', ')'), '')
{%- endmacro %}
