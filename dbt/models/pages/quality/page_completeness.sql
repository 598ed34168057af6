-- How complete the columns are that rules read, which rules read them, and how many findings could not be decided for
-- want of their values.
with reads as (
    select
        rule_id,
        {{ explode_list('columns_read') }} as name
    from {{ ref('dim_rule') }}
),

readers as (
    select
        name,
        count(*) as rules,
        {{ joined_values('rule_id', ' ', 'rule_id') }} as rule_ids
    from reads
    group by name
),

missing as (
    select
        rule_id,
        findings,
        {{ explode_list('missing') }} as missing_key
    from {{ ref('page_undetermined') }}
    where is_total
),

lacking as (
    select
        reads.name,
        cast(sum(missing.findings) as bigint) as findings
    from missing
    inner join reads
        on missing.rule_id = reads.rule_id
        and {{ dbt.split_part('reads.name', "'.'", 2) }} = missing.missing_key
    group by reads.name
),

named as (
    select
        *,
        table_name || '.' || column_name as name
    from {{ ref('fct_column_completeness') }}
)

select
    named.name,
    named.table_name,
    named.records,
    named.missing,
    cast(round(named.missing * cast(100 as decimal(18, 4)) / nullif(named.records, 0), 2) as decimal(18, 2)) as missing_percent,
    coalesce(lacking.findings, 0) as findings,
    readers.rules,
    readers.rule_ids
from named
left join readers on named.name = readers.name
left join lacking on named.name = lacking.name
