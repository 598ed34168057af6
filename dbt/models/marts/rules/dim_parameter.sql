-- The numbers of the rules and of the house as data: what each is called, where it stands, and how it is said.
with said as (
    {%- for value in values_of_parameters() %}
    select
        {{ literal(value) }} as value,
        {{ literal(value_in_words(value)) }} as plain,
        {%- for form in forms_of_a_value() %}
        {{ literal(value_in_words(value, form)) }} as {{ form }}{{ ',' if not loop.last }}
        {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

dated as (
    select
        *,
        lead(effective_from) over (partition by name order by effective_from) as next_from,
        row_number() over (partition by name order by effective_from) = 1 as is_first
    from {{ ref('parameter') }}
)

select
    dated.name,
    {{ term('parameter', 'dated.name') }} as label_zh,
    dated.value,
    case
        when dated.unit = 'share' then said.percent
        when dated.unit = 'month-day' then said.month_day
        when dated.unit = 'percent' then said.plain || '%'
        when dated.unit is null then {{ term('cycle_year_mode', 'said.plain') }}
        else said.plain || coalesce(' ' || {{ term('parameter_unit', 'dated.unit', otherwise='null') }}, '')
    end as value_zh,
    dated.unit,
    dated.clause,
    dated.source,
    case
        when dated.source = 'house' then 'house'
        when dated.source in (
            select source
            from {{ ref('profile') }}
            where profile <> 'cnca'
        ) then 'procedure'
        else 'law'
    end as kind,
    case
        when dated.source = 'house' then '本机构设定'
        else dated.source || coalesce(' ' || case when dated.clause like 'Annex%' then replace(dated.clause, 'Annex', '附录') else '条款 ' || dated.clause end, '')
    end as source_zh,
    dated.effective_from,
    -- The last value that has begun by as_of; before the first one, the first.
    (dated.is_first or dated.effective_from <= {{ as_of() }})
    and (dated.next_from is null or dated.next_from > {{ as_of() }}) as is_in_force,
    said.plain,
    case when dated.unit = 'share' then said.percent end as percent,
    case when dated.unit = 'months' then said.years end as years,
    case when dated.unit in ('days', 'working days') then said.next end as next,
    said.month_day
from dated
inner join said on dated.value = said.value
