-- 5.4.3.3 A surveillance usually goes to other dissimilar sites than the one before it of the same certificate.
with ordered as (
    select
        audit_id,
        lag(audit_id) over (partition by certificate_id order by actual_end, audit_id) as previous_audit_id
    from {{ ref('int_audit__completed') }}
    where audit_type = 'surveillance'
        and certificate_id is not null
),

-- A surveillance that nobody can place may have been the one before.
unplaced as (
    select distinct certificate_id
    from {{ ref('int_audit__itsms') }}
    where certificate_id is not null
        and ({{ is_completed_itsms(['surveillance']) }}) is null
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

audits as (
    select
        *,
        {{ is_completed_itsms(['surveillance']) }} and case
            when dissimilar_sites > 0 then true
            when unknown_sites > 0 then null
            else false
        end as is_judged
    from {{ ref('int_audit__site_counts') }}
),

judged as (
    select
        audits.*,
        audits.audit_id as subject_id,
        audits.actual_start as anchor_on,
        ordered.previous_audit_id,
        case
            when unplaced.certificate_id is not null and ordered.previous_audit_id is null then 'undetermined'
            when ordered.previous_audit_id is null then 'not_applicable'
            when audits.dissimilar_open + audits.unknown_sites = 0
                and (audits.dissimilar_audited = audits.dissimilar_sites or audits.dissimilar_audited = 0) then 'pass'
            when unplaced.certificate_id is not null then 'undetermined'
            when audits.dissimilar_open + audits.unknown_audited_or_open
                + coalesce(audits_before.dissimilar_open + audits_before.unknown_audited_or_open, 0) > 0
                then 'undetermined'
            -- The same sites, and others were left out: of one of unknown kind nobody knows.
            when repeated.sites = audits.dissimilar_audited and repeated.sites = counts_before.sites
                then case when audits.dissimilar_sites > audits.dissimilar_audited then 'warning' else 'undetermined' end
            else 'pass'
        end as state
    from audits
    left join ordered on audits.audit_id = ordered.audit_id
    left join unplaced on audits.certificate_id = unplaced.certificate_id
    left join repeated on audits.audit_id = repeated.audit_id
    left join counts as counts_before on ordered.previous_audit_id = counts_before.audit_id
    left join audits as audits_before on ordered.previous_audit_id = audits_before.audit_id
    where {{ in_population('audits.is_judged') }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('非相似场所 {dissimilar_sites} 个，已审核的 {dissimilar_audited} 个与上次监督审核 {previous_audit_id} 完全相同'),
    evidence=['certificate_id', 'previous_audit_id', 'dissimilar_sites', 'dissimilar_audited']
) }}
