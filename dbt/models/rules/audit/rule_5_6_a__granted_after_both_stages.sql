-- 5.6.1, 5.12.1 A certificate is granted on a completed stage 1 and stage 2. That there is no audit is a fact, not a gap.
{% set of_audit = "is_itsms and is_completed" -%}
with ends_of_applications as (
    select
        application_id,
        {%- for type in ['stage1', 'stage2', 'recertification'] %}
        min(case when {{ of_audit }} and audit_type = '{{ type }}' then actual_end end) as {{ type }}_ended_on,
        bool_or(({{ of_audit }} and audit_type = '{{ type }}') is null) as may_have_{{ type }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
    group by application_id
),

ends_of_clients as (
    {%- for key in ['org_id', 'unified_code'] %}
    select
        body_id,
        '{{ key }}' as key_kind,
        {{ key }} as client_key,
        min(case when {{ is_completed_itsms(['stage2', 'recertification']) }} then actual_end end) as ended_on,
        bool_or(({{ is_completed_itsms(['stage2', 'recertification']) }}) is null) as may_have_ended
    from {{ ref('int_audit__itsms') }}
    where {{ key }} is not null
    group by body_id, {{ key }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

naming as (
    select
        decision_id,
        min(certificate_id) as certificate_id,
        case when bool_or(system = 'ITSMS') then true when count(*) = count(system) then false end as is_itsms
    from {{ ref('stg_certificate') }}
    where decision_id is not null
        and not is_stub
    group by decision_id
),

-- A decision follows its audit, else the certificate that it names, else the certificates that name it; else it stays in.
grants as (
    select
        decisions.decision_id,
        decisions.decided_on,
        decisions.audit_id,
        decisions.audit_id is not null and audits.audit_id is null as is_audit_stub,
        audits.application_id,
        applications.kind as application_kind,
        audits.application_id is not null and coalesce(applications.is_stub, true) as is_application_stub,
        case when audits.audit_id is not null then audits.body_id when decisions.audit_id is null then certificates.body_id end as body_id,
        case when audits.audit_id is not null then audits.org_id when decisions.audit_id is null then certificates.org_id end as org_id,
        decisions.kind = 'grant' and case
            when audits.audit_id is not null then audits.is_itsms
            when decisions.audit_id is not null or certificates.is_stub then true
            when own.certificate_id is not null then own.system = 'ITSMS'
            when naming.decision_id is not null then naming.is_itsms
            else true
        end as is_judged
    from {{ ref('stg_decision') }} as decisions
    left join {{ ref('int_audit') }} as audits on decisions.audit_id = audits.audit_id
    left join {{ ref('stg_application') }} as applications on audits.application_id = applications.application_id
    left join {{ ref('stg_certificate') }} as own on decisions.certificate_id = own.certificate_id
    left join naming on decisions.decision_id = naming.decision_id
    left join {{ ref('stg_certificate') }} as certificates
        on coalesce(own.certificate_id, naming.certificate_id) = certificates.certificate_id
    where not decisions.is_stub
        and {{ in_population("decisions.kind = 'grant'") }}
),

found as (
    select
        grants.*,
        coalesce(clients.is_abroad, false) as is_abroad,
        {%- for type in ['stage1', 'stage2', 'recertification'] %}
        coalesce(of_application.{{ type }}_ended_on <= grants.decided_on, false) as has_{{ type }},
        coalesce(of_application.may_have_{{ type }}, false) as may_have_{{ type }},
        {%- endfor %}
        coalesce(of_client.ended_on <= grants.decided_on, false)
        or coalesce(of_code.ended_on <= grants.decided_on, false)
        or coalesce(of_client.may_have_ended, false)
        or coalesce(of_code.may_have_ended, false) as may_be_audited
    from grants
    left join {{ ref('int_client') }} as clients on grants.org_id = clients.org_id
    left join ends_of_applications as of_application on grants.application_id = of_application.application_id
    left join ends_of_clients as of_client
        on grants.body_id = of_client.body_id
        and of_client.key_kind = 'org_id'
        and grants.org_id = of_client.client_key
    left join ends_of_clients as of_code
        on grants.body_id = of_code.body_id
        and of_code.key_kind = 'unified_code'
        and clients.unified_code = of_code.client_key
),

judged as (
    select
        *,
        decision_id as subject_id,
        decided_on as anchor_on,
        case when has_stage1 then '有' else '没有' end as stage1_zh,
        case when has_stage2 then '有' else '没有' end as stage2_zh,
        case
            when is_audit_stub then 'undetermined'
            when application_id is null then
                case when org_id is null or may_be_audited then 'undetermined' else 'breach' end
            when is_application_stub then
                case
                    when has_stage2 or has_recertification or may_have_stage2 or may_have_recertification then 'undetermined'
                    else 'breach'
                end
            when application_kind = 'transfer' then 'not_applicable'
            when application_kind is null then 'undetermined'
            when application_kind = 'initial' then
                case
                    when has_stage1 and has_stage2 then 'pass'
                    when (has_stage1 or may_have_stage1) and (has_stage2 or may_have_stage2) then 'undetermined'
                    else 'breach'
                end
            when has_stage2 or has_recertification then 'pass'
            when may_have_stage2 or may_have_recertification then 'undetermined'
            else 'breach'
        end as state
    from found
    where {{ in_population('is_judged') }}
)

{{ judgement(
    'judged',
    keys=['decision_id', 'audit_id', 'application_id', 'org_id'],
    abroad='is_abroad',
    population='is_judged',
    found=say('授予决定于 {decided_on}；依据的申请 {application_id}，到决定日{stage1_zh}已完成的第一阶段，{stage2_zh}已完成的第二阶段'),
    evidence=['audit_id', 'application_id', 'application_kind', 'decided_on', 'has_stage1', 'has_stage2', 'has_recertification']
) }}
