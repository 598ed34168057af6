-- ICAS 6.7.1.5 A recertification without stage 1 takes 70 % or more of the initial time.
with first_stages as (
    select distinct application_id
    from {{ ref('int_audit__completed') }}
    where audit_type = 'stage1'
        and application_id is not null
),

judged as (
    select
        audits.*,
        audits.audit_id as subject_id,
        audits.actual_start as anchor_on,
        first_stages.application_id is not null as has_stage1,
        {{ required_days(
            'audits.headcount_effective',
            ['audits.reduction_reason'],
            parameter('icas_recertification_time_percent', on='audits.actual_start'),
            whole_percent(),
            on='audits.actual_start'
        ) }} as required
    from {{ ref('int_audit__completed') }} as audits
    left join first_stages on audits.application_id = first_stages.application_id
    where audits.audit_type = 'recertification'
),

stated as (
    select
        *,
        case
            when has_stage1 then 'pass'
            when headcount_effective is null or total_days is null then 'undetermined'
            when total_days < required then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'有效人数 ' || " ~ shown('headcount_effective') ~ " || '，未安排第一阶段，审核时间 ' || " ~ shown_number('total_days') ~ " || ' 人日，要求不少于 ' || " ~ shown_number('required') ~ " || ' 人日'",
    evidence=['application_id', 'headcount_effective', 'has_stage1', 'total_days', 'required']
) }}
