-- 5.4.3.3 A surveillance goes to 30 % of the dissimilar sites or more, and to the headquarters.
with audits as (
    select
        *,
        case
            when headquarters_sites = 0 then '未记录'
            when headquarters_audited > 0 then '已审核'
            when headquarters_open > 0 then '是否审核未记录'
            else '未审核'
        end as headquarters_zh,
        {{ parameter('dissimilar_sites_share_min', on='actual_start') }} as share_min,
        -- A site of an unknown kind that was audited may be the headquarters or a dissimilar one, but not both.
        greatest(
            unknown_audited_or_open
            - case when headquarters_sites > 0 and headquarters_audited + headquarters_open = 0 then 1 else 0 end,
            0
        ) as perhaps_dissimilar,
        {{ is_completed_itsms(['surveillance']) }} and case
            when dissimilar_sites > 0 then true
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
            when dissimilar_audited + dissimilar_open + perhaps_dissimilar < share_min * (dissimilar_sites + perhaps_dissimilar) then 'breach'
            when headquarters_sites > 0 and headquarters_audited + headquarters_open + unknown_audited_or_open = 0 then 'breach'
            when dissimilar_audited < share_min * (dissimilar_sites + unknown_sites - unknown_audited) then 'undetermined'
            when headquarters_audited = 0 then 'undetermined'
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
    found=say('非相似场所 {dissimilar_sites} 个，已审核 {dissimilar_audited} 个，要求不少于其 {parameter:dissimilar_sites_share_min@anchor_on:percent}（向上取整）；中心职能部门{headquarters_zh}'),
    evidence=['audit_type', 'dissimilar_sites', 'dissimilar_audited', 'headquarters_sites', 'headquarters_audited']
) }}
