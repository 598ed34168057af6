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

grants as (
    select
        decisions.decision_id,
        decisions.decided_on,
        decisions.audit_id,
        decisions.is_audit_stub,
        decisions.application_id,
        decisions.body_id,
        decisions.org_id,
        coalesce(decisions.is_abroad, false) as is_abroad,
        decisions.kind = 'grant' and decisions.is_itsms as is_judged,
        applications.kind as application_kind,
        decisions.application_id is not null and coalesce(applications.is_stub, true) as is_application_stub
    from {{ ref('int_decision__itsms') }} as decisions
    left join {{ ref('stg_application') }} as applications on decisions.application_id = applications.application_id
    where {{ in_population("decisions.kind = 'grant' and decisions.is_itsms") }}
),

found as (
    select
        grants.*,
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
)

{{ judgement(
    'judged',
    keys=['decision_id', 'audit_id', 'application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('授予决定于 {decided_on}；依据的申请 {application_id}，到决定日{stage1_zh}已完成的第一阶段，{stage2_zh}已完成的第二阶段'),
    evidence=['audit_id', 'application_id', 'application_kind', 'decided_on', 'has_stage1', 'has_stage2', 'has_recertification']
) }}
