{# The worse of two states that are breach, warning or pass. #}
{% macro worse_of(one, other) -%}
    case
        when 'breach' in ({{ one }}, {{ other }}) then 'breach'
        when 'warning' in ({{ one }}, {{ other }}) then 'warning'
        else 'pass'
    end
{%- endmacro %}
