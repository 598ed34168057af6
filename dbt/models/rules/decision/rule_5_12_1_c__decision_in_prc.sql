-- 5.12.1 The decision is taken by staff within the PRC.
with judged as (
    select
        decisions.decision_id as subject_id,
        decisions.decision_id,
        decisions.body_id,
        decisions.decided_on as anchor_on,
        decisions.kind,
        decisions.decided_by,
        decisions.decided_by as person_id,
        persons.works_in_prc,
        decisions.is_abroad,
        decisions.is_itsms as is_member,
        case
            when persons.works_in_prc is null then 'undetermined'
            when not persons.works_in_prc then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_decision__itsms') }} as decisions
    left join {{ ref('stg_person') }} as persons on decisions.decided_by = persons.person_id
)

{{ judgement(
    'judged',
    keys=['decision_id', 'person_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '决定人员 {decided_by}{where}',
        where="case when works_in_prc is null then ' 的工作地未记录' else ' 不在境内工作' end"
    ),
    evidence=['kind', 'decided_by', 'works_in_prc']
) }}
