-- How complete is what the rules read: records of each source table, and how many of them have no value in the column.
{% set tables = [
    'application', 'audit', 'audit_assignment', 'audit_site', 'auditor_registration', 'auditor_scope', 'certificate',
    'body_document', 'certificate_event', 'certification_body', 'cnca_report', 'complaint', 'decision', 'internal_audit', 'nonconformity',
    'organization', 'person', 'record_item', 'relationship', 'service_objective',
] -%}
{%- set relations = {} -%}
{%- set columns = {} -%}
{%- for table in tables -%}
    {%- do relations.update({table: ref('stg_' ~ table)}) -%}
    {%- do columns.update({table: {}}) -%}
{%- endfor -%}
{%- for entry in rule_catalogue() -%}
    {%- for read in entry.rule.reads -%}
        {%- set table, column = read.split('.') -%}
        {%- do columns[table].update({column: true}) -%}
    {%- endfor -%}
{%- endfor -%}
{%- set read = [] -%}
{%- for table in tables if columns[table] -%}{%- do read.append(table) -%}{%- endfor -%}
{#- There is no catalogue where SQL is only parsed: any column makes it whole. -#}
{%- if not read -%}
    {%- do read.append('certificate') -%}
    {%- do columns['certificate'].update({'certificate_id': true}) -%}
{%- endif -%}

with counted as (
    {%- for table in read %}
    {%- set names = columns[table] | sort %}
    select
        '{{ table }}' as table_name,
        names.column_name,
        counts.records,
        case names.column_name
            {%- for name in names %}
            when '{{ name }}' then counts.{{ name }}
            {%- endfor %}
        end as filled
    from (
        select
            count(*) as records
            {%- for name in names %},
            count({{ name }}) as {{ name }}
            {%- endfor %}
        from {{ relations[table] }}
    ) as counts
    cross join (
        {%- for name in names %}
        select '{{ name }}' as column_name{{ ' union all' if not loop.last }}
        {%- endfor %}
    ) as names
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    table_name,
    column_name,
    cast(records as bigint) as records,
    cast(records - filled as bigint) as missing
from counted
