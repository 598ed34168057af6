-- 5.4.3.4 The on-site times of the audited sites add up to the on-site time that Annex B asks for the whole; for a stage 2
-- with those of its stage 1.
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

-- A stage 1 that nobody can place may be the one.
unplaced as (
    select distinct application_id
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
        and ({{ is_completed_itsms(['stage1']) }}) is null
),

audits as (
    select
        audits.*,
        {{ is_completed_itsms(['stage2', 'surveillance', 'recertification'], 'audits') }} as is_judged,
        first_stages.audit_id as stage1_audit_id,
        unplaced.application_id is not null as is_stage1_unknown,
        case when first_stages.audit_id is null then 0 else {{ wide_days('first_stages.onsite_days') }} end as stage1_days,
        {{ parameter('onsite_share_min', on='audits.actual_start') }} as share_min,
        {{ floor_parts(
            'audits.headcount_effective',
            ['audits.reduction_reason', 'first_stages.reduction_reason'],
            audit_type_parts('audits.audit_type', on='audits.actual_start'),
            combined='audits.is_combined',
            on='audits.actual_start'
        ) }} as required_parts
    from {{ ref('int_audit__site_counts') }} as audits
    left join first_stages
        on case when audits.audit_type = 'stage2' then audits.application_id end = first_stages.application_id
    left join unplaced
        on case when audits.audit_type = 'stage2' then audits.application_id end = unplaced.application_id
    where {{ in_population(is_completed_itsms(['stage2', 'surveillance', 'recertification'], 'audits')) }}
        and audits.all_sites > 1
),

measured as (
    select
        *,
        {{ wide_days('audited_days') }} + stage1_days as summed_days,
        {{ wide_days('audited_days') }} + {{ wide_days('open_days') }} + stage1_days as summed_days_at_best,
        share_min * {{ floor_in_half_days('required_parts', parameter('initial_time_parts', on='actual_start')) }} as required
    from audits
),

stated as (
    select
        *,
        {%- for sum, state in [('summed_days_at_best', 'state_at_best'), ('summed_days', 'state_at_worst')] %}
        case
            when {{ sum }} < required then 'breach'
            when {{ sum }} * {{ floor_unit(parameter('initial_time_parts', on='actual_start')) }} < share_min * required_parts then 'warning'
            else 'pass'
        end as {{ state }}{{ ',' if not loop.last }}
        {%- endfor %}
    from measured
),

judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        case
            when required_parts is null or audited_without_days + open_without_days > 0 or stage1_days is null or is_stage1_unknown
                then 'undetermined'
            -- The same with and without the sites of which nobody knows whether they were audited.
            when state_at_best = state_at_worst then state_at_best
            else 'undetermined'
        end as state
    from stated
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('有效人数 {headcount_effective}，各场所现场审核合计 {summed_days:number} 人日，要求不少于 {required:number} 人日，已审核而未记录现场审核时间的场所 {audited_without_days} 个'),
    evidence=['audit_type', 'stage1_audit_id', 'headcount_effective', 'all_sites', 'audited_days', 'summed_days', 'audited_without_days', 'required']
) }}
