-- ICAS 6.4.2.2 j) The same team does not audit a client in two consecutive cycles. The decision audits are compared; a warning
-- where every audit of the cycle before, on site at the client, was by the one team that audited for the new certificate too.
with certificates as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.issued_on,
        certificates.previous_certificate_id,
        certificates.is_itsms is null or certificates.previous_certificate_id is null as is_unsure,
        decisions.audit_id,
        previous_decisions.audit_id as previous_audit_id,
        coalesce(decisions.is_audit_stub or decisions.is_not_known, false)
        or coalesce(previous_decisions.is_audit_stub or previous_decisions.is_not_known, false) as is_audit_unknown
    from {{ ref('int_certificate__itsms') }} as certificates
    left join {{ ref('int_certificate__decision') }} as decisions on certificates.certificate_id = decisions.certificate_id
    left join {{ ref('int_certificate__decision') }} as previous_decisions
        on certificates.previous_certificate_id = previous_decisions.certificate_id
    where certificates.reissue_of is null
        and (
            certificates.previous_certificate_id is not null
            or {{ is_unreadable('previous_certificate_id', 'certificates') }}
        )
),

-- The audits whose teams are looked at: the two decision audits, and all those of the line of the certificate before.
audits as (
    select
        certificate_id,
        audit_id,
        true as is_now,
        false as is_before,
        false as is_unsure
    from certificates
    where audit_id is not null
    union all
    select
        certificate_id,
        previous_audit_id as audit_id,
        false as is_now,
        true as is_before,
        false as is_unsure
    from certificates
    where previous_audit_id is not null
    union all
    select
        certificates.certificate_id,
        line_audits.audit_id,
        false as is_now,
        false as is_before,
        not coalesce(line_audits.is_itsms and line_audits.is_completed and line_audits.audit_type is not null, false) as is_unsure
    from certificates
    inner join {{ ref('int_certificate__line_audit') }} as line_audits
        on certificates.previous_certificate_id = line_audits.certificate_id
    where {{ in_population("line_audits.is_itsms and line_audits.is_completed and line_audits.audit_type in ('stage2', 'surveillance', 'recertification')") }}
),

members as (
    select distinct
        audits.certificate_id,
        audits.audit_id,
        assignments.person_id,
        coalesce(assignments.role in ('leader', 'auditor'), false) as is_auditor,
        assignments.role is null as is_role_unknown
    from audits
    inner join {{ ref('stg_audit_assignment') }} as assignments on audits.audit_id = assignments.audit_id
    where coalesce(assignments.role in ('leader', 'auditor'), true)
),

-- Persons who were an auditor of one audit and cannot have been of the other: then the teams differ whatever the roles were
-- that could not be read.
persons as (
    select
        others.certificate_id,
        others.audit_id,
        others.is_before,
        others.is_unsure,
        members.person_id,
        members.is_auditor as is_auditor_now,
        cast(null as boolean) as is_auditor_then
    from audits as others
    inner join audits as now_audits
        on others.certificate_id = now_audits.certificate_id
        and now_audits.is_now
    inner join members
        on now_audits.certificate_id = members.certificate_id
        and now_audits.audit_id = members.audit_id
    where not others.is_now
    union all
    select
        others.certificate_id,
        others.audit_id,
        others.is_before,
        others.is_unsure,
        members.person_id,
        cast(null as boolean) as is_auditor_now,
        members.is_auditor as is_auditor_then
    from audits as others
    inner join members
        on others.certificate_id = members.certificate_id
        and others.audit_id = members.audit_id
    where not others.is_now
),

compared as (
    select
        certificate_id,
        is_before,
        is_unsure,
        coalesce(bool_or(is_auditor_now), false) and count(is_auditor_then) = 0
        or coalesce(bool_or(is_auditor_then), false) and count(is_auditor_now) = 0 as tells_apart
    from persons
    group by certificate_id, audit_id, is_before, is_unsure, person_id
),

different as (
    select
        certificate_id,
        bool_or(tells_apart and is_before) as is_another_before,
        bool_or(tells_apart and not is_before and not is_unsure) as is_another_in_cycle
    from compared
    group by certificate_id
),

-- A team as one text, so that teams are compared as sets.
teams as (
    select
        certificate_id,
        audit_id,
        {{ joined_values("case when is_auditor then person_id end", ';', 'person_id') }} as team,
        bool_or(is_role_unknown) as is_role_unknown
    from members
    group by certificate_id, audit_id
),

weighed as (
    select
        audits.certificate_id,
        max(case when audits.is_now then teams.team end) as team_now,
        max(case when audits.is_before then teams.team end) as team_before,
        count(distinct case when not audits.is_before and not audits.is_unsure then audits.audit_id end) as cycle_audits,
        count(distinct case when not audits.is_before then audits.audit_id end) as possible_cycle_audits,
        count(distinct case when not audits.is_before then coalesce(teams.team, '') end) as cycle_teams,
        bool_or((audits.is_now or audits.is_before) and coalesce(teams.is_role_unknown, false)) as is_team_unknown,
        bool_or(not audits.is_before and (audits.is_unsure or coalesce(teams.is_role_unknown, false))) as is_cycle_unknown
    from audits
    left join teams
        on audits.certificate_id = teams.certificate_id
        and audits.audit_id = teams.audit_id
    group by audits.certificate_id
),

judged as (
    select
        certificates.*,
        certificates.certificate_id as subject_id,
        certificates.issued_on as anchor_on,
        weighed.team_now,
        weighed.team_before,
        weighed.cycle_audits,
        case
            when certificates.is_unsure then 'undetermined'
            when certificates.audit_id is null or certificates.previous_audit_id is null or certificates.is_audit_unknown then 'undetermined'
            when weighed.is_team_unknown and not coalesce(different.is_another_before, false) then 'undetermined'
            when weighed.team_now <> '' and weighed.team_now = weighed.team_before then 'breach'
            when coalesce(different.is_another_in_cycle, false) then 'pass'
            when weighed.is_cycle_unknown and weighed.possible_cycle_audits > 1 then 'undetermined'
            when weighed.cycle_audits > 1 and weighed.cycle_teams = 1 and weighed.team_now <> '' then 'warning'
            else 'pass'
        end as state
    from certificates
    left join weighed on certificates.certificate_id = weighed.certificate_id
    left join different on certificates.certificate_id = different.certificate_id
)

{{ judgement(
    'judged',
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'audit_id', 'org_id'],
    found="case state when 'undetermined' then '本周期或上一周期的认证决定审核、其审核组未记录或未提供'"
        ~ " when 'breach' then " ~ say('审核 {audit_id} 与上一周期审核 {previous_audit_id} 的审核员完全相同')
        ~ " else " ~ say('上一周期至本次认证的 {cycle_audits} 次审核由同一组审核员完成') ~ " end",
    evidence=['previous_certificate_id', 'audit_id', 'previous_audit_id', 'cycle_audits']
) }}
