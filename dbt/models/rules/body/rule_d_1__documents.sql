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

registers as (
    select
        body_id,
        bool_or(clause is null) as has_unknown_clause
    from documents
    group by body_id
),

on_file as (
    select
        body_id,
        clause,
        count(*) as documents,
        count(
            case
                when not is_from_unreadable and not is_until_unreadable
                    and (valid_from is null or valid_from <= {{ as_of() }})
                    and (valid_until is null or valid_until >= {{ as_of() }})
                    then 1
            end
        ) as documents_in_force,
        count(
            case
                when (is_from_unreadable or is_until_unreadable)
                    and (is_from_unreadable or valid_from is null or valid_from <= {{ as_of() }})
                    and (is_until_unreadable or valid_until is null or valid_until >= {{ as_of() }})
                    then 1
            end
        ) as documents_perhaps_in_force,
        bool_or(is_until_unreadable) as is_some_end_unreadable,
        count(case when valid_until is null and not is_until_unreadable then 1 end) as documents_without_end,
        max(valid_until) as last_known_until
    from documents
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
        coalesce(registers.has_unknown_clause, false) as has_unknown_clause,
        coalesce(on_file.documents, 0) as documents,
        coalesce(on_file.documents_in_force, 0) as documents_in_force,
        coalesce(on_file.documents_perhaps_in_force, 0) as documents_perhaps_in_force,
        on_file.last_known_until,
        coalesce(on_file.documents_without_end, 0) > 0
        or on_file.last_known_until > {{ add_days(as_of(), parameter('house_document_horizon_days')) }} as holds_on,
        coalesce(on_file.is_some_end_unreadable, false) as is_some_end_unreadable
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
            when documents_in_force > 0 and not (is_some_end_unreadable or has_unknown_clause) then 'warning'
            when documents_in_force > 0 then 'undetermined'
            when documents_perhaps_in_force > 0 or has_unknown_clause then 'undetermined'
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
