-- Documents that the clauses ask every body for (RD-1): what is on file, until when, and how the rule judges it. What a
-- document says is not judged.
with registers as (
    select
        body_id,
        clause,
        cast(count(*) as integer) as documents,
        max(valid_until) as last_valid_until
    from {{ ref('stg_body_document') }}
    where clause is not null
        and not is_stub
    group by body_id, clause
)

select
    bodies.body_id,
    bodies.name as body_name,
    clauses.position,
    clauses.clause,
    clauses.title_zh,
    'clause-' || replace(clauses.clause, ' ', '-') as anchor,
    coalesce(findings.state, 'pass') as state,
    findings.state is null as is_in_order,
    findings.found,
    coalesce(registers.documents, 0) as documents,
    registers.last_valid_until,
    findings.subject_id
from {{ ref('dim_certification_body') }} as bodies
cross join {{ ref('clause') }} as clauses
left join registers
    on bodies.body_id = registers.body_id
    and clauses.clause = registers.clause
left join {{ ref('fct_rule_finding') }} as findings
    on bodies.body_id = findings.body_id
    and clauses.clause = findings.clause_no
    and findings.rule_id = 'RD-1'
where clauses.is_document
