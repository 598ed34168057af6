{# 1.3 Known to be outside mainland China (country code 156), where the rule's text does not apply. #}
{% macro is_abroad(country_code) -%}
    coalesce({{ country_code }} <> '156', false)
{%- endmacro %}
