-- 5.4.3.4 Each audited site takes half or more of the on-site time that Annex B asks for the site alone.
with sites as (
    select
        sites.*,
        {{ is_completed_itsms(['stage2', 'surveillance', 'recertification'], 'sites') }}
        and sites.audited
        and sites.site_kind in ('headquarters', 'similar', 'dissimilar')
        and case
            when audits.fixed_sites > 1 then true
            when audits.fixed_sites + audits.unknown_sites > 1 then null
            else false
        end as is_judged,
        {{ parameter('site_time_share_min', on='sites.actual_start') }}
        * {{ parameter('onsite_share_min', on='sites.actual_start') }} as share_min,
        {{ floor_parts(
            'sites.headcount',
            ['sites.reduction_reason'],
            audit_type_parts('sites.audit_type', on='sites.actual_start'),
            combined='sites.is_combined',
            on='sites.actual_start'
        ) }} as required_parts
    from {{ ref('int_audit__site') }} as sites
    inner join {{ ref('int_audit__site_counts') }} as audits on sites.audit_id = audits.audit_id
),

measured as (
    select
        *,
        share_min * {{ floor_in_half_days('required_parts', parameter('initial_time_parts', on='actual_start')) }} as required
    from sites
    where {{ in_population('is_judged') }}
),

judged as (
    select
        *,
        audit_id || '|' || site_id as subject_id,
        actual_start as anchor_on,
        case
            when onsite_days is null or required_parts is null then 'undetermined'
            when onsite_days < required then 'breach'
            when onsite_days * {{ floor_unit(parameter('initial_time_parts', on='actual_start')) }} < share_min * required_parts then 'warning'
            else 'pass'
        end as state
    from measured
)

{{ judgement(
    'judged',
    keys=['audit_id', 'site_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('场所人数 {headcount}，现场审核 {onsite_days:number} 人日，要求不少于 {required:number} 人日'),
    evidence=['audit_id', 'site_id', 'site_kind', 'headcount', 'onsite_days', 'required']
) }}
