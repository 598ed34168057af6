-- 5.9.1 A scope is extended on an application of its own: the n-th extension of a client at a body needs n accepted
-- applications by then.
with decisions as (
    select
        decisions.*,
        coalesce(clients.unified_code, decisions.org_id) as client_key,
        kind = 'extend' and is_itsms as is_member,
        coalesce(kind = 'extend' and is_itsms and decided_on is not null, false) as is_sure
    from {{ ref('int_decision__itsms') }} as decisions
    left join {{ ref('int_client') }} as clients on decisions.org_id = clients.org_id
    where {{ in_population("decisions.kind = 'extend'") }}
        and (decisions.decided_on is null or decisions.decided_on <= {{ as_of() }})
),

-- The how manieth it is at least, and at most: one of an unknown kind may be an extension, one of an unknown day an earlier one.
extensions as (
    select
        *,
        1 + count(case when is_sure then 1 end) over earlier_ones as n,
        1 + count(case when decided_on is not null then 1 end) over earlier_ones
        + count(case when decided_on is null then 1 end) over (partition by body_id, client_key)
        - case when decided_on is null then 1 else 0 end as n_at_most
    from decisions
    window earlier_ones as (
        partition by body_id, client_key
        order by decided_on nulls last, decision_id
        rows between unbounded preceding and 1 preceding
    )
),

applied as (
    select
        applications.body_id,
        coalesce(clients.unified_code, applications.org_id) as client_key,
        applications.application_id,
        applications.reviewed_on,
        applications.review_result = 'accepted'
            and applications.kind = 'extension'
            and {{ list_has('applications.systems', 'ITSMS') }} as is_accepted
    from {{ ref('stg_application') }} as applications
    left join {{ ref('int_client') }} as clients on applications.org_id = clients.org_id
    where not applications.is_stub
        and {{ in_population(
            "applications.review_result = 'accepted' and applications.kind = 'extension' and "
            ~ list_has('applications.systems', 'ITSMS')
        ) }}
),

counted as (
    select
        extensions.decision_id,
        count(case when applied.is_accepted and applied.reviewed_on <= extensions.decided_on then 1 end) as accepted,
        count(case when coalesce(applied.reviewed_on <= extensions.decided_on, true) then 1 end) as maybe_accepted
    from extensions
    inner join applied
        on extensions.body_id = applied.body_id
        and extensions.client_key = applied.client_key
    group by extensions.decision_id
),

judged as (
    select
        extensions.decision_id as subject_id,
        extensions.decision_id,
        extensions.body_id,
        extensions.org_id,
        extensions.decided_on as anchor_on,
        extensions.audit_id,
        extensions.n,
        coalesce(counted.accepted, 0) as accepted,
        extensions.is_abroad,
        extensions.is_member,
        case
            when extensions.org_id is null or extensions.body_id is null then 'undetermined'
            when coalesce(counted.maybe_accepted, 0) < extensions.n then 'breach'
            when coalesce(counted.accepted, 0) < extensions.n_at_most then 'undetermined'
            when extensions.audit_id is null then 'warning'
            else 'pass'
        end as state
    from extensions
    left join counted on extensions.decision_id = counted.decision_id
)

{{ judgement(
    'judged',
    keys=['decision_id', 'org_id', 'audit_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '该组织第 {n} 次扩大认证范围，此前经评审受理的扩大申请 {accepted} 份{unaudited}',
        unaudited="case when audit_id is null then '，认证决定没有关联审核' else '' end"
    ),
    evidence=['org_id', 'audit_id', 'n', 'accepted']
) }}
