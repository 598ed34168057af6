-- Findings counted by rule, month and state, and by what a reader can choose.
select
    body_id,
    body_name,
    profile,
    substr(region_code, 1, 2) as region_code,
    scope_codes,
    rule_id,
    chapter,
    clause,
    title_zh,
    month,
    state,
    count(*) as findings
from {{ ref('page_finding') }}
group by
    body_id, body_name, profile, substr(region_code, 1, 2), scope_codes, rule_id, chapter, clause, title_zh, month, state
