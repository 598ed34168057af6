-- 8.3 An appeal or complaint is decided by someone who had no part in the matter: in the audit it names or, where it names a
-- certificate only, in the certificate's decision, that decision's audit and the last audit before the complaint came.
with decided as (
    select
        *,
        case
            when audit_id is not null then 'audit'
            when {{ is_unreadable('audit_id') }} then 'unknown'
            when certificate_id is not null then 'certificate'
            when {{ is_unreadable('certificate_id') }} then 'unknown'
            else 'none'
        end as named
    from {{ ref('int_complaint__itsms') }}
    where decided_on <= {{ as_of() }}
        or {{ is_unreadable('decided_on') }}
),

line_audits as (
    select
        decided.complaint_id,
        audits.audit_id
    from decided
    inner join {{ ref('int_certificate__line_row') }} as lines on decided.certificate_id = lines.certificate_id
    inner join {{ ref('int_audit__held') }} as audits
        on lines.row_id = audits.certificate_id
        and audits.held_end_on < decided.received_on
    where decided.named = 'certificate'
        and audits.is_itsms
    qualify row_number() over (
        partition by decided.complaint_id order by audits.held_end_on desc, audits.audit_id desc
    ) = 1
),

-- The audits whose team, and the decisions whose maker, had part in the matter.
concerned as (
    select
        complaint_id,
        audit_id,
        cast(null as {{ dbt.type_string() }}) as decision_id,
        true as with_decisions
    from decided
    where named = 'audit'
    union all
    select
        decided.complaint_id,
        decisions.audit_id,
        decisions.decision_id,
        false as with_decisions
    from decided
    inner join {{ ref('int_certificate__decision') }} as decisions on decided.certificate_id = decisions.certificate_id
    where decided.named = 'certificate'
    union all
    select
        complaint_id,
        audit_id,
        cast(null as {{ dbt.type_string() }}) as decision_id,
        false as with_decisions
    from line_audits
),

involved as (
    select
        concerned.complaint_id,
        assignments.person_id
    from concerned
    inner join {{ ref('stg_audit_assignment') }} as assignments on concerned.audit_id = assignments.audit_id
    union
    select
        concerned.complaint_id,
        decisions.decided_by as person_id
    from concerned
    inner join {{ ref('stg_decision') }} as decisions
        on concerned.with_decisions
        and concerned.audit_id = decisions.audit_id
        and decisions.decided_on <= {{ as_of() }}
    union
    select
        concerned.complaint_id,
        decisions.decided_by as person_id
    from concerned
    inner join {{ ref('stg_decision') }} as decisions on concerned.decision_id = decisions.decision_id
),

judged as (
    select
        decided.*,
        decided.complaint_id as subject_id,
        decided.received_on as anchor_on,
        case
            when decided.is_unsure or decided.decided_on is null then 'undetermined'
            when decided.named = 'none' and decided.about in ('mark_use', 'fee', 'service') then 'pass'
            when involved.person_id is not null then 'breach'
            when decided.decided_by is null or persons.is_stub then 'undetermined'
            when decided.named = 'audit' then 'pass'
            when decided.named = 'certificate' and not certificates.is_stub
                and not coalesce(decisions.is_not_known, false) then 'pass'
            else 'undetermined'
        end as state
    from decided
    left join involved
        on decided.complaint_id = involved.complaint_id
        and decided.decided_by = involved.person_id
    left join {{ ref('stg_person') }} as persons on decided.decided_by = persons.person_id
    left join {{ ref('stg_certificate') }} as certificates on decided.certificate_id = certificates.certificate_id
    left join {{ ref('int_certificate__decision') }} as decisions on decided.certificate_id = decisions.certificate_id
)

{{ judgement(
    'judged',
    member="case when decided_on is not null then nullif(is_unsure, true) end",
    keys=['complaint_id', 'audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    found="case when state = 'breach' then " ~ say('处理决定人员 {decided_by} 参与过所涉审核或其认证决定')
        ~ " when decided_by is null then '未记录处理决定人员'"
        ~ " when named in ('none', 'unknown') then '未记录所涉审核或证书'"
        ~ " else '所涉证书、决定或人员的记录未提供' end",
    evidence=['kind', 'audit_id', 'certificate_id', 'about', 'decided_by']
) }}
