-- 10.2 At the decision the file holds every kind of record; the record of the decision itself may follow.
{% set kinds = {
    'application_form': '认证申请书',
    'application_review': '申请评审记录',
    'contract': '认证合同',
    'audit_programme': '审核方案',
    'audit_time_basis': '审核时间确定的理由',
    'audit_plan': '审核计划',
    'sign_in_sheet': '首末次会议签到表',
    'onsite_record': '现场审核记录',
    'nc_report': '不符合报告及验证记录',
    'audit_report': '审核报告',
    'decision_record': '认证决定记录',
} -%}
with decided as (
    select
        applications.application_id,
        applications.body_id,
        max(decisions.decided_on) as decided_on
    from {{ ref('stg_application') }} as applications
    inner join {{ ref('int_decision__itsms') }} as decisions on applications.application_id = decisions.application_id
    where decisions.kind in ('grant', 'renew')
        and decisions.decided_on <= {{ as_of() }}
        and {{ list_has('applications.systems', 'ITSMS') }}
    group by applications.application_id, applications.body_id
),

audits as (
    select
        decided.application_id,
        decided.decided_on,
        audits.audit_id
    from decided
    inner join {{ ref('stg_audit') }} as audits on decided.application_id = audits.application_id
    where {{ list_has('audits.systems', 'ITSMS') }}
),

records as (
    select
        decided.application_id,
        decided.decided_on,
        records.kind,
        records.stored_on,
        records.disposed_on
    from decided
    inner join {{ ref('stg_record_item') }} as records on decided.application_id = records.application_id
    union all
    select
        audits.application_id,
        audits.decided_on,
        records.kind,
        records.stored_on,
        records.disposed_on
    from audits
    inner join {{ ref('stg_record_item') }} as records on audits.audit_id = records.audit_id
),

present as (
    select
        application_id,
        {%- for kind in kinds %}
        max(case when kind = '{{ kind }}' then 1 else 0 end) as has_{{ kind }}{{ ',' if not loop.last }}
        {%- endfor %}
    from records
    where (disposed_on is null or disposed_on > decided_on)
        and case
            when kind = 'decision_record' then stored_on <= {{ as_of() }}
            else stored_on <= decided_on
        end
    group by application_id
),

with_nonconformity as (
    select distinct audits.application_id
    from audits
    inner join {{ ref('stg_nonconformity') }} as nonconformities on audits.audit_id = nonconformities.audit_id
    where nonconformities.raised_on <= audits.decided_on
),

judged as (
    select
        decided.application_id as subject_id,
        decided.body_id,
        decided.decided_on as anchor_on,
        decided.decided_on,
        ''
        {%- for kind, label in kinds.items() %}
        || case
            when coalesce(present.has_{{ kind }}, 0) = 0
                {{- ' and with_nonconformity.application_id is not null' if kind == 'nc_report' }} then '、{{ label }}'
            else ''
        end
        {%- endfor %} as missing
    from decided
    left join present on decided.application_id = present.application_id
    left join with_nonconformity on decided.application_id = with_nonconformity.application_id
),

stated as (
    select
        *,
        case when missing = '' then 'pass' else 'breach' end as state
    from judged
)

{{ judgement(
    'stated',
    found="'认证决定于 ' || " ~ shown('decided_on') ~ " || '，缺少：' || substr(missing, 2)",
    evidence=['decided_on', 'missing']
) }}
