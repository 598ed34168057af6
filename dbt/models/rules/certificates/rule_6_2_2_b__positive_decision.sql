-- 6.2.1, 6.2.2, 5.12 A certificate rests on a positive decision of its body about its client, or at least on a
-- certification audit of it.
with certificates as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.issued_on,
        certificates.is_itsms is null as is_unsure,
        certificates.is_abroad,
        clients.unified_code,
        coalesce(clients.is_stub, true) as is_client_unknown,
        decisions.decision_id,
        decisions.kind as decision_kind,
        decisions.audit_id,
        -- Named, but not in the data or not readable: neither there nor not there. One that is dated later is none yet.
        coalesce(decisions.is_not_known, false) or {{ is_unreadable('decision_id', 'certificates') }} as is_decision_unknown,
        audits.is_stub as is_audit_stub,
        audits.body_id as audit_body_id,
        audits.org_id as audit_org_id,
        audit_clients.unified_code as audit_unified_code,
        coalesce(audit_clients.is_stub, true) as is_audit_client_unknown,
        decisions.audit_id is null and {{ is_unreadable('audit_id', 'taken') }} as is_decision_audit_unknown
    from {{ ref('int_certificate__itsms') }} as certificates
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    left join {{ ref('int_certificate__decision') }} as decisions on certificates.certificate_id = decisions.certificate_id
    left join {{ ref('stg_decision') }} as taken on decisions.decision_id = taken.decision_id
    left join {{ ref('stg_audit') }} as audits on decisions.audit_id = audits.audit_id
    left join {{ ref('int_client') }} as audit_clients on audits.org_id = audit_clients.org_id
),

compared as (
    select
        *,
        case
            when audit_org_id = org_id then true
            when unified_code = audit_unified_code then true
            when is_client_unknown or is_audit_client_unknown then cast(null as boolean)
            else false
        end as is_same_client,
        audit_body_id = body_id as is_same_body,
        decision_id is null or (audit_id is null and decision_kind <> 'grant') as rests_on_none
    from certificates
),

-- Certification audits of the client by the body that were over when the certificate was issued; also those that may be.
resting_on_none as (
    select
        compared.certificate_id,
        compared.issued_on,
        audits.audit_id
    from compared
    inner join {{ ref('int_audit') }} as audits
        on compared.body_id = audits.body_id
        and (compared.org_id = audits.org_id or compared.unified_code = audits.unified_code)
    where compared.rests_on_none
    union all
    -- A body that nobody knows may be the same.
    select
        compared.certificate_id,
        compared.issued_on,
        audits.audit_id
    from compared
    inner join {{ ref('int_audit') }} as audits on compared.org_id = audits.org_id
    where compared.rests_on_none
        and (compared.body_id is null or audits.body_id is null)
),

audited as (
    select
        resting_on_none.certificate_id,
        1 as has_audit
    from resting_on_none
    inner join {{ ref('int_audit') }} as audits on resting_on_none.audit_id = audits.audit_id
    where {{ in_population("audits.is_itsms and audits.is_completed and audits.audit_type in ('stage2', 'recertification')") }}
        and coalesce(audits.actual_end <= resting_on_none.issued_on, true)
    group by resting_on_none.certificate_id
),

transferred as (
    select
        compared.certificate_id,
        1 as has_transfer
    from compared
    inner join {{ ref('stg_application') }} as applications
        on compared.body_id = applications.body_id
    left join {{ ref('int_client') }} as clients on applications.org_id = clients.org_id
    where compared.rests_on_none
        and (compared.org_id = applications.org_id or compared.unified_code = clients.unified_code)
        and coalesce({{ list_has('applications.systems', 'ITSMS') }}, true)
        and coalesce(applications.kind = 'transfer', true)
        and (applications.review_result = 'accepted' or {{ is_unreadable('review_result', 'applications') }})
        and (applications.reviewed_on <= compared.issued_on or {{ is_unreadable('reviewed_on', 'applications') }})
    group by compared.certificate_id
),

judged as (
    select
        compared.*,
        compared.certificate_id as subject_id,
        compared.issued_on as anchor_on,
        case
            when compared.is_unsure then 'undetermined'
            when compared.decision_kind = 'refuse' then 'breach'
            when compared.is_decision_unknown or compared.is_decision_audit_unknown or compared.is_audit_stub then 'undetermined'
            when compared.audit_id is not null and not compared.is_same_body then 'breach'
            when compared.audit_id is not null and not compared.is_same_client then 'breach'
            when compared.is_client_unknown then 'undetermined'
            when compared.audit_id is not null and (compared.is_same_body is null or compared.is_same_client is null) then 'undetermined'
            when compared.audit_id is not null and compared.decision_kind is null then 'undetermined'
            when compared.audit_id is not null then 'pass'
            when compared.decision_kind = 'grant' then 'pass'
            when compared.decision_id is not null and compared.decision_kind is null then 'undetermined'
            when audited.has_audit = 1 or transferred.has_transfer = 1 then 'undetermined'
            else 'breach'
        end as state
    from compared
    left join audited on compared.certificate_id = audited.certificate_id
    left join transferred on compared.certificate_id = transferred.certificate_id
)

{{ judgement(
    'judged',
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'decision_id', 'audit_id', 'org_id'],
    abroad='is_abroad',
    found="case when decision_kind = 'refuse' then " ~ say('证书所依据的认证决定 {decision_id} 是不予认证')
        ~ " when audit_id is not null and not is_same_body then " ~ say('认证决定 {decision_id} 所依据的审核 {audit_id} 属于另一认证机构')
        ~ " when audit_id is not null and not is_same_client then " ~ say('认证决定 {decision_id} 所依据的审核 {audit_id} 属于另一认证委托人')
        ~ " when state = 'breach' then " ~ say('没有认证决定，签发日 {issued_on} 之前也没有该认证委托人已完成的第二阶段或再认证审核')
        ~ " when rests_on_none and not is_decision_unknown then " ~ say('未记录证书所依据的认证决定')
        ~ " else '证书所依据的认证决定、审核或认证委托人的记录未提供' end",
    evidence=['decision_id', 'decision_kind', 'audit_id', 'audit_org_id', 'audit_body_id', 'issued_on']
) }}
