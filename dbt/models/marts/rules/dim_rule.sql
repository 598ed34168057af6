-- The rule book as data: one row per rule, from the catalogue that stands beside each rule's SQL.
{% set columns = [
    'rule_id', 'profile', 'chapter', 'clause', 'title_zh', 'title_en', 'demand_zh', 'decided_zh', 'undetermined_when_zh',
    'severity', 'kind', 'subject_type', 'anchor', 'anchor_kind', 'unit', 'parameters', 'columns_read',
] -%}
with catalogue as (
    {%- for entry in rule_catalogue() %}
    {%- set rule = entry.rule %}
    select
        {{ literal(rule.id) }} as rule_id,
        {{ literal(rule.profile) }} as profile,
        {{ literal(entry.folder) }} as chapter,
        {{ literal(rule.clause) }} as clause,
        {{ literal(rule.title_zh) }} as title_zh,
        {{ literal(rule.title_en) }} as title_en,
        {{ literal(rule.demand_zh) }} as demand_zh,
        {{ literal(rule.decided_zh) }} as decided_zh,
        {{ literal(rule.undetermined_when_zh) }} as undetermined_when_zh,
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
)

select
    catalogue.*,
    profiles.effective_from,
    ',' || replace('{{ var("profiles") }}', ' ', '') || ',' like '%,' || catalogue.profile || ',%' as is_enabled
from catalogue
inner join {{ ref('profile') }} as profiles on catalogue.profile = profiles.profile
