-- 5.4.3.4 The on-site times of the audited sites add up to the on-site time that Annex B asks for the whole.
with first_stages as (
    select
        application_id,
        audit_id,
        onsite_days,
        reduction_reason
    from {{ ref('int_audit__completed') }}
    where audit_type = 'stage1'
        and application_id is not null
    qualify row_number() over (partition by application_id order by actual_end desc, audit_id desc) = 1
),

judged as (
    select
        audits.*,
        first_stages.audit_id as stage1_audit_id,
        {{ wide_days('audits.audited_days') }}
        + case when first_stages.audit_id is null then 0 else {{ wide_days('first_stages.onsite_days') }} end as summed_days,
        {{ parameter('onsite_share_min', on='audits.actual_start') }}
        * {{ required_days(
            'audits.headcount_effective',
            ['audits.reduction_reason', 'first_stages.reduction_reason'],
            audit_type_parts('audits.audit_type', on='audits.actual_start'),
            parameter('initial_time_parts', on='audits.actual_start'),
            on='audits.actual_start'
        ) }} as required
    from {{ ref('int_audit__site_counts') }} as audits
    left join first_stages
        on case when audits.audit_type = 'stage2' then audits.application_id end = first_stages.application_id
    where audits.audit_type in ('stage2', 'surveillance', 'recertification')
        and audits.all_sites > 1
),

stated as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        case
            when headcount_effective is null or audited_without_days > 0 or summed_days is null then 'undetermined'
            when summed_days < required then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'有效人数 ' || " ~ shown('headcount_effective') ~ " || '，各场所现场审核合计 ' || " ~ shown_number('summed_days') ~ " || ' 人日，要求不少于 ' || " ~ shown_number('required') ~ " || ' 人日'"
        ~ " || case when audited_without_days > 0 then '；有已审核场所未记录现场审核时间' else '' end",
    evidence=['audit_type', 'stage1_audit_id', 'headcount_effective', 'all_sites', 'audited_days', 'summed_days', 'audited_without_days', 'required']
) }}
