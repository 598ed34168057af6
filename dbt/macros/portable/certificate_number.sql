{# Annex C A certificate number as it is compared: upper case, without blanks of any kind. #}
{% macro normalised_number(value) -%}
    upper({{ without_blanks(value) }})
{%- endmacro %}
