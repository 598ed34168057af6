{#
    From one column per measure to one row per measure: the form in which the statistical files read their figures.
    The relation has body_id, period, topic, item and the measures; nothing to count makes no row.
#}
{% macro figures_of(relation, measures) -%}
    {%- for measure in measures %}
    select
        body_id,
        period,
        topic,
        item,
        {{ dbt.string_literal(measure) }} as measure,
        cast({{ measure }} as decimal(18, 4)) as value
    from {{ relation }}
    where {{ measure }} <> 0
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The province of a client as GB/T 2260 writes it, a region's own code, 'abroad' or 'unrecorded'. #}
{% macro client_province(country_code, region_code) -%}
    case
        when {{ country_code }} = '158' then '710000'
        when {{ country_code }} = '344' then '810000'
        when {{ country_code }} = '446' then '820000'
        when {{ country_code }} <> '156' then 'abroad'
        when {{ region_code }} is null then 'unrecorded'
        else substr({{ region_code }}, 1, 2) || '0000'
    end
{%- endmacro %}
