-- The clauses that are covered by evidence ask the body for a document: whether one is on file and holds. What it says is not
-- judged, so this never breaches.
with clauses as (
    select clause
    from {{ ref('clause') }}
    where is_document
),

documents as (
    select
        body_id,
        clause,
        valid_from,
        valid_until,
        {{ is_unreadable('valid_from') }} as is_from_unreadable,
        {{ is_unreadable('valid_until') }} as is_until_unreadable
    from {{ ref('stg_body_document') }}
    where not is_stub
),

-- In force, or perhaps; ends later than the horizon, or perhaps: three-valued.
weighed as (
    select
        *,
        case when is_from_unreadable then null else coalesce(valid_from <= {{ as_of() }}, true) end
        and case when is_until_unreadable then null else coalesce(valid_until >= {{ as_of() }}, true) end as is_in_force,
        case when is_until_unreadable then null
            else coalesce(valid_until > {{ add_days(as_of(), parameter('house_document_horizon_days')) }}, true)
        end as holds_on
    from documents
),

-- A document whose clause nobody knows may be of any.
registers as (
    select
        body_id,
        coalesce(bool_or(clause is null and coalesce(is_in_force, true)), false) as may_be_in_force,
        coalesce(bool_or(clause is null and coalesce(holds_on, true)), false) as may_hold_on
    from weighed
    group by body_id
),

on_file as (
    select
        body_id,
        clause,
        count(*) as documents,
        count(case when is_in_force then 1 end) as documents_in_force,
        coalesce(bool_or(holds_on), false) as holds_on,
        bool_or(coalesce(is_in_force, true)) as may_be_in_force,
        bool_or(coalesce(holds_on, true)) as may_hold_on,
        max(valid_until) as last_known_until
    from weighed
    where clause is not null
    group by body_id, clause
),

judged as (
    select
        bodies.body_id || '|' || clauses.clause as subject_id,
        bodies.body_id,
        clauses.clause as clause_no,
        {{ as_of() }} as anchor_on,
        bodies.is_stub,
        registers.body_id is null as has_no_register,
        coalesce(on_file.documents, 0) as documents,
        coalesce(on_file.documents_in_force, 0) as documents_in_force,
        on_file.last_known_until,
        coalesce(on_file.holds_on, false) as holds_on,
        coalesce(on_file.may_be_in_force, false) or coalesce(registers.may_be_in_force, false) as may_be_in_force,
        coalesce(on_file.may_hold_on, false) or coalesce(registers.may_hold_on, false) as may_hold_on
    from {{ ref('stg_certification_body') }} as bodies
    cross join clauses
    left join registers on bodies.body_id = registers.body_id
    left join on_file
        on bodies.body_id = on_file.body_id
        and clauses.clause = on_file.clause
),

stated as (
    select
        *,
        case
            when is_stub or has_no_register then 'undetermined'
            when documents_in_force > 0 and holds_on then 'pass'
            when may_be_in_force and may_hold_on then 'undetermined'
            else 'warning'
        end as state
    from judged
)

{{ judgement(
    'stated',
    keys=['clause_no'],
    found="case when has_no_register then '没有登记机构文件' when documents = 0 then "
        ~ say('条款 {clause_no} 要求的文件没有登记')
        ~ " when documents_in_force = 0 then " ~ say('条款 {clause_no} 要求的文件已过期或尚未生效（有效期至 {last_known_until}）')
        ~ " else " ~ say('条款 {clause_no} 要求的文件有效期至 {last_known_until}，即将到期') ~ " end",
    evidence=['clause_no', 'documents', 'documents_in_force', 'last_known_until']
) }}
