-- Annex B note 1 The effective number of persons is that of the fixed sites in scope, or more (part-timers may be converted).
with audits as (
    select
        *,
        {{ is_completed_itsms(['stage2', 'surveillance', 'recertification']) }} and case
            when counted_sites > 0 then true
            when unknown_sites > 0 then null
            else false
        end as is_judged
    from {{ ref('int_audit__site_counts') }}
),

judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        case
            when headcount_effective is null then 'undetermined'
            when headcount_effective < counted_headcount then 'warning'
            when unreadable_headcounts > 0 or headcount_effective < counted_headcount + unknown_headcount then 'undetermined'
            else 'pass'
        end as state
    from audits
    where {{ in_population('is_judged') }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('有效人数 {headcount_effective}，各固定场所人数合计 {counted_headcount}'),
    evidence=['headcount_effective', 'counted_headcount', 'counted_sites']
) }}
