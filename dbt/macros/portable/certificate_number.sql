{# Annex C A certificate number as it is compared: upper case, without blanks of any kind. #}
{% macro normalised_number(value) -%}
    translate(upper({{ value }}), ' 　' || chr(9) || chr(10) || chr(13) || chr(160), '')
{%- endmacro %}
