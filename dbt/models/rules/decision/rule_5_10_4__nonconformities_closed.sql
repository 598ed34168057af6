-- 5.10.4, 5.12.2 (2) No positive decision while a major nonconformity is unverified or, save to maintain, a minor
-- one not accepted. For a grant the nonconformities of the whole application count.
with decisions as (
    select *
    from {{ ref('int_decision__itsms') }}
    where kind in ('grant', 'renew', 'extend', 'maintain')
),

looked_at as (
    select
        decisions.decision_id,
        decisions.kind,
        decisions.decided_on,
        nonconformities.nc_id,
        nonconformities.grade,
        nonconformities.raised_on,
        nonconformities.accepted_on,
        nonconformities.verified_on
    from decisions
    inner join {{ ref('int_nonconformity__itsms') }} as nonconformities
        on decisions.audit_id = nonconformities.audit_id
    union
    select
        decisions.decision_id,
        decisions.kind,
        decisions.decided_on,
        nonconformities.nc_id,
        nonconformities.grade,
        nonconformities.raised_on,
        nonconformities.accepted_on,
        nonconformities.verified_on
    from decisions
    inner join {{ ref('int_nonconformity__itsms') }} as nonconformities
        on decisions.application_id = nonconformities.application_id
    where decisions.kind = 'grant'
),

open_ones as (
    select
        decision_id,
        {{ joined_values('nc_id', ';', 'nc_id') }} as open_nc_ids
    from looked_at
    where raised_on <= decided_on
        and (
            (grade = 'major' and (verified_on is null or verified_on > decided_on))
            or (grade = 'minor' and kind <> 'maintain' and (accepted_on is null or accepted_on > decided_on))
        )
    group by decision_id
),

judged as (
    select
        decisions.decision_id as subject_id,
        decisions.body_id,
        decisions.decided_on as anchor_on,
        decisions.kind,
        decisions.audit_id,
        decisions.decided_on,
        open_ones.open_nc_ids,
        case
            when decisions.audit_id is null then 'undetermined'
            when open_ones.decision_id is not null then 'breach'
            else 'pass'
        end as state
    from decisions
    left join open_ones on decisions.decision_id = open_ones.decision_id
)

{{ judgement(
    'judged',
    found="case when audit_id is null then '认证决定没有关联审核' else '决定日 ' || " ~ shown('decided_on') ~ " || ' 尚有不符合未验证或未接受：' || open_nc_ids end",
    evidence=['kind', 'audit_id', 'decided_on', 'open_nc_ids']
) }}
