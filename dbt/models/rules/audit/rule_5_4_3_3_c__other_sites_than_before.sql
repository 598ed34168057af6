-- 5.4.3.3 A surveillance usually goes to other dissimilar sites than the one before.
with ordered as (
    select
        audit_id,
        lag(audit_id) over (partition by certificate_id order by actual_end, audit_id) as previous_audit_id
    from {{ ref('int_audit__completed') }}
    where audit_type = 'surveillance'
        and certificate_id is not null
),

chosen as (
    select
        audit_id,
        site_id
    from {{ ref('int_audit__site') }}
    where site_kind = 'dissimilar'
        and audited
        and audit_type = 'surveillance'
),

counts as (
    select
        audit_id,
        count(*) as sites
    from chosen
    group by audit_id
),

repeated as (
    select
        ordered.audit_id,
        count(*) as sites
    from ordered
    inner join chosen on ordered.audit_id = chosen.audit_id
    inner join chosen as chosen_before
        on ordered.previous_audit_id = chosen_before.audit_id
        and chosen.site_id = chosen_before.site_id
    group by ordered.audit_id
),

judged as (
    select
        audits.audit_id as subject_id,
        audits.body_id,
        audits.actual_start as anchor_on,
        audits.certificate_id,
        ordered.previous_audit_id,
        audits.dissimilar_sites,
        audits.dissimilar_audited,
        case
            when ordered.previous_audit_id is null then 'not_applicable'
            when audits.dissimilar_audited = audits.dissimilar_sites then 'pass'
            when repeated.sites = audits.dissimilar_audited and repeated.sites = counts_before.sites then 'warning'
            else 'pass'
        end as state
    from {{ ref('int_audit__site_counts') }} as audits
    left join ordered on audits.audit_id = ordered.audit_id
    left join repeated on audits.audit_id = repeated.audit_id
    left join counts as counts_before on ordered.previous_audit_id = counts_before.audit_id
    where audits.audit_type = 'surveillance'
        and audits.dissimilar_sites > 0
)

{{ judgement(
    'judged',
    found="'非相似场所 ' || " ~ shown('dissimilar_sites') ~ " || ' 个，已审核的 ' || " ~ shown('dissimilar_audited') ~ " || ' 个与上次监督审核 ' || previous_audit_id || ' 完全相同'",
    evidence=['certificate_id', 'previous_audit_id', 'dissimilar_sites', 'dissimilar_audited']
) }}
