{#
    The value of a parameter as a literal. Values are dated: with `on` (a date expression) each row is
    judged by the value in force on that day, otherwise by the value in force on as_of. Days before the
    first value take the first: such subjects are not applicable anyway. Unknown names fail the build.
#}
{% macro parameter(name, on=none) -%}
    {%- set seed = ref('parameter') -%}
    {%- if not execute -%}
        0
    {%- else -%}
        {%- set values = parameter_values(seed, name) -%}
        {%- if on is none or values | length == 1 -%}
            {%- set found = namespace(value=values[0].literal) -%}
            {%- for row in values if row.effective_from <= var('as_of') -%}
                {%- set found.value = row.literal -%}
            {%- endfor -%}
            {{ found.value }}
        {%- else -%}
            (case
            {%- for row in values[1:] | reverse %}
                when {{ on }} >= cast('{{ row.effective_from }}' as date) then {{ row.literal }}
            {%- endfor %}
                else {{ values[0].literal }}
            end)
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Dated rows of one parameter, oldest first: [{effective_from, literal}]. Text is quoted, numbers are not. #}
{% macro parameter_values(seed, name) -%}
    {%- set rows = run_query(
        "select cast(effective_from as " ~ dbt.type_string() ~ "), value from " ~ seed
        ~ " where name = '" ~ name ~ "' order by effective_from"
    ) -%}
    {%- if rows | length == 0 -%}
        {{ exceptions.raise_compiler_error("No parameter named " ~ name ~ ": add a dated row to seeds/parameter.csv") }}
    {%- endif -%}
    {%- set values = [] -%}
    {%- for row in rows -%}
        {%- set is_number = modules.re.match('^-?[0-9]+([.][0-9]+)?$', row[1]) -%}
        {%- do values.append({'effective_from': row[0], 'literal': row[1] if is_number else "'" ~ row[1] ~ "'"}) -%}
    {%- endfor -%}
    {{ return(values) }}
{%- endmacro %}

{# Every value that a parameter has or had. #}
{% macro values_of_parameters() -%}
    {%- set seed = ref('parameter') -%}
    {{ return(run_query('select distinct value from ' ~ seed ~ ' order by value').columns[0].values() if execute else ['']) }}
{%- endmacro %}
