{# Annex C A certificate number as it is compared: upper case, without blanks of any kind. #}
{% macro normalised_number(value) -%}
    upper({{ without_blanks(value) }})
{%- endmacro %}

{#
    C.1 The body code that an approval number stands for: the running number of an inland body as printed,
    F and its last three digits for a foreign one; NULL where the approval number has another form.
#}
{% macro number_body_code(approval_no) -%}
    {%- set inland = 'CNCA-R-[0-9]{4}-([0-9]{3,4})' -%}
    {%- set foreign = 'CNCA-RF-[0-9]{4}-([0-9]+)' -%}
    case
        when {{ matches(approval_no, inland) }} then {{ extracted(approval_no, inland, 1) }}
        when {{ matches(approval_no, foreign) }} then 'F' || {{ last_three(extracted(approval_no, foreign, 1)) }}
    end
{%- endmacro %}

{# C.1 The year as a number prints it: 26 for 2026. #}
{% macro two_digit_year(day) -%}
    substr(cast({{ day }} as {{ dbt.type_string() }}), 3, 2)
{%- endmacro %}

{# The last three characters, filled up with zeros from the left. #}
{% macro last_three(digits) -%}
    substr('00' || {{ digits }}, length({{ digits }}), 3)
{%- endmacro %}

{#
    C.3 Body code, year and running number of a normalised number of Annex C's form: what a reissue keeps. NULL where the form
    is another.
#}
{% macro number_stem(value) -%}
    {{ extracted(value, '^(([0-9]{3,4}|F[0-9]{3})[0-9]{2}IT[0-9]{5})R[0-9]+(00|[A-Z]{2,})(-[0-9]+)?$', 1) }}
{%- endmacro %}

{# C.3 kept, changed, unknown (one is not recorded) or strange (not the same, and not of a form that can be taken apart). #}
{% macro number_kept(before, after) -%}
    case
        when {{ before }} is null or {{ after }} is null then 'unknown'
        when {{ before }} = {{ after }} then 'kept'
        when {{ number_stem(before) }} = {{ number_stem(after) }} then 'kept'
        when {{ number_stem(before) }} <> {{ number_stem(after) }} then 'changed'
        else 'strange'
    end
{%- endmacro %}
