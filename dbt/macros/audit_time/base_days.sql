{#
    Annex B: audit time of stage 1 and stage 2 together by number of effective persons, in tenths of a
    person-day (a whole number, so that what follows is exact). The bands are seed rows; with `on` (a date
    expression) each row is judged by the set of bands in force on that day. NULL persons, and none, give NULL.
#}
{% macro base_days_tenths(persons, on=none) -%}
    {%- set seed = ref('audit_time_band') -%}
    {%- if not execute -%}
        0
    {%- else -%}
        {%- set sets = audit_time_bands(seed) -%}
        {%- if on is none or sets | length == 1 -%}
            {%- set found = namespace(bands=sets[0].bands) -%}
            {%- for dated in sets if dated.effective_from <= var('as_of') -%}
                {%- set found.bands = dated.bands -%}
            {%- endfor -%}
            {{ banded_value(persons, found.bands) }}
        {%- else -%}
            (case
            {%- for dated in sets[1:] | reverse %}
                when {{ on }} >= cast('{{ dated.effective_from }}' as date) then {{ banded_value(persons, dated.bands) }}
            {%- endfor %}
                else {{ banded_value(persons, sets[0].bands) }}
            end)
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Dated sets of bands, oldest first: [{effective_from, bands: [{up_to (none: open), tenths}]}]. #}
{% macro audit_time_bands(seed) -%}
    {%- set rows = run_query(
        "select cast(effective_from as " ~ dbt.type_string() ~ "), persons_up_to, cast(base_days * 10 as integer) from "
        ~ seed ~ " order by effective_from, case when persons_up_to is null then 1 else 0 end, persons_up_to"
    ) -%}
    {%- set sets = [] -%}
    {%- for row in rows -%}
        {%- if not sets or sets[-1].effective_from != row[0] -%}
            {%- do sets.append({'effective_from': row[0], 'bands': []}) -%}
        {%- endif -%}
        {%- do sets[-1].bands.append({'up_to': row[1], 'tenths': row[2] | int}) -%}
    {%- endfor -%}
    {{ return(sets) }}
{%- endmacro %}

{% macro banded_value(value, bands) -%}
    (case
        when {{ value }} is null or {{ value }} <= 0 then null
    {%- for band in bands %}
        {{ 'else' if band.up_to is none else 'when ' ~ value ~ ' <= ' ~ (band.up_to | int) ~ ' then' }} {{ band.tenths }}
    {%- endfor %}
    end)
{%- endmacro %}
