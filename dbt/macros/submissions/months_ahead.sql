{# Numbers 0, 1 ... of the months after that of as_of up to the calendar's horizon: column month_no. #}
{% macro months_ahead() -%}
    {%- set horizon = add_days(as_of(), parameter('submission_calendar_days')) -%}
    select {{ explode_count(months_between(as_of(), horizon)) }} as month_no
{%- endmacro %}
