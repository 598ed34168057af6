-- Every clause of the rule and how it is covered. Which rules decide a clause is read from the rules,
-- and from the clause where a rule that states another one decides it too.
with named as (
    select
        rule_id,
        {{ explode_list("replace(replace(clause, ', ', ';'), '; ', ';')") }} as named_clause
    from {{ ref('dim_rule') }}
    where profile = 'cnca'
),

-- '5.1.2 (1)' is an item of 5.1.2; annexes are named as they are.
decided as (
    select distinct
        rule_id,
        case
            when named_clause like '附录 %' then named_clause
            else {{ extracted('named_clause', '^(C[.][0-9]|[0-9]+([.][0-9]+)*)', 1) }}
        end as clause
    from named
    union
    select
        {{ explode_list('also_decided_by') }} as rule_id,
        clause
    from {{ ref('clause') }}
    where also_decided_by is not null
),

rules as (
    select
        clause,
        {{ joined_values('rule_id', ';', 'rule_id') }} as rule_ids
    from decided
    group by clause
)

select
    clauses.position,
    clauses.clause,
    {{ extracted('clauses.clause', '(附录|C|[0-9]+)', 1) }} as chapter,
    clauses.title_zh,
    clauses.decision,
    rules.rule_ids,
    clauses.reason_zh,
    'clause-' || replace(clauses.clause, ' ', '-') as anchor
from {{ ref('clause') }} as clauses
left join rules
    on clauses.clause = rules.clause
    -- A heading is no demand, whatever a rule names its clause by.
    and clauses.decision in ('data', 'in part', 'evidence')
