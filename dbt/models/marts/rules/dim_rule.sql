-- The rule book as data: one row per rule, from the catalogue that stands beside each rule's SQL, its words over parameters.
{% do ref('parameter') %}
{% set columns = [
    'rule_id', 'profile', 'chapter', 'clause', 'title_zh', 'title_en', 'demand_zh', 'decided_zh', 'undetermined_when_zh',
    'severity', 'kind', 'subject_type', 'anchor', 'anchor_kind', 'unit', 'parameters', 'columns_read',
] %}
with catalogue as (
    {%- for entry in rule_catalogue() %}
    {%- set rule = entry.rule %}
    select
        {{ literal(rule.id) }} as rule_id,
        {{ literal(rule.profile) }} as profile,
        {{ literal(entry.folder) }} as chapter,
        {{ literal(rule.clause) }} as clause,
        {{ literal(catalogue_words(rule.title_zh, rule.parameters, rule.id)) }} as title_zh,
        {{ literal(catalogue_words(rule.title_en, rule.parameters, rule.id)) }} as title_en,
        {{ literal(catalogue_words(rule.demand_zh, rule.parameters, rule.id)) }} as demand_zh,
        {{ literal(catalogue_words(rule.decided_zh, rule.parameters, rule.id)) }} as decided_zh,
        {{ literal(catalogue_words(rule.undetermined_when_zh, rule.parameters, rule.id)) }} as undetermined_when_zh,
        {{ literal(rule.severity) }} as severity,
        {{ literal(rule.kind) }} as kind,
        {{ literal(rule.subject_type) }} as subject_type,
        {{ literal(rule.anchor) }} as anchor,
        {{ literal(rule.anchor_kind) }} as anchor_kind,
        {{ literal(rule.unit) }} as unit,
        {{ literal(rule.parameters | join(';')) }} as parameters,
        {{ literal(rule.reads | join(';')) }} as columns_read
    {{ 'union all' if not loop.last }}
    {%- else %}
    select {% for column in columns %}
        cast(null as {{ dbt.type_string() }}) as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    where 1 = 0
    {%- endfor %}
),

named as (
    select
        rule_id,
        {{ explode_list('parameters') }} as name
    from catalogue
),

valued as (
    select
        named.rule_id,
        {{ joined_values("numbers.label_zh || ' ' || numbers.value_zh", '；', 'numbers.name') }} as parameters_in_force
    from named
    inner join {{ ref('dim_parameter') }} as numbers on named.name = numbers.name
    where numbers.is_in_force
    group by named.rule_id
)

select
    catalogue.*,
    valued.parameters_in_force,
    profiles.effective_from,
    case
        when catalogue.profile <> 'cnca' then {{ term('profile', 'catalogue.profile') }}
        else {{ dbt.split_part('catalogue.clause', "'.'", 1) }} || coalesce(' ' || chapters.title_zh, '')
    end as chapter_zh,
    {{ rule_caution('catalogue.rule_id') }} as caution_zh,
    -- Rules on plans end in -p; numbers of our own are called house_*.
    catalogue.rule_id like '%-p' as is_on_plans,
    ';' || catalogue.parameters like '%;house%' as has_house_number,
    ',' || replace('{{ var("profiles") }}', ' ', '') || ',' like '%,' || catalogue.profile || ',%' as is_enabled
from catalogue
inner join {{ ref('profile') }} as profiles on catalogue.profile = profiles.profile
left join valued on catalogue.rule_id = valued.rule_id
left join {{ ref('clause') }} as chapters on {{ dbt.split_part('catalogue.clause', "'.'", 1) }} = chapters.clause
