-- 5.4.3 Sites of a completed ITSMS audit by kind, and how many of them were audited. Audits with sites only.
-- *_open: of the kind, and nobody knows whether it was audited. unknown_*: of no known kind.
{% set kinds = ['similar', 'dissimilar', 'headquarters'] -%}
select
    audit_id,
    body_id,
    org_id,
    is_abroad,
    is_itsms,
    is_completed,
    application_id,
    certificate_id,
    audit_type,
    is_combined,
    actual_start,
    actual_end,
    reduction_reason,
    headcount_effective,
    {%- for kind in kinds %}
    count(case when site_kind = '{{ kind }}' then 1 end) as {{ kind }}_sites,
    count(case when site_kind = '{{ kind }}' and audited then 1 end) as {{ kind }}_audited,
    count(case when site_kind = '{{ kind }}' and audited is null then 1 end) as {{ kind }}_open,
    {%- endfor %}
    count(case when site_kind is null then 1 end) as unknown_sites,
    count(case when site_kind is null and not audited then 1 end) as unknown_left_out,
    count(case when site_kind is null and coalesce(audited, true) then 1 end) as unknown_audited_or_open,
    count(case when site_kind is null and audited then 1 end) as unknown_audited,
    count(case when site_kind <> 'service_point' then 1 end) as fixed_sites,
    count(*) as all_sites,
    count(case when audited and onsite_days is null then 1 end) as audited_without_days,
    count(case when audited is null then 1 end) as all_open,
    count(case when audited is null and onsite_days is null then 1 end) as open_without_days,
    coalesce(sum(case when audited then {{ wide_days('onsite_days') }} end), 0) as audited_days,
    coalesce(sum(case when audited is null then {{ wide_days('onsite_days') }} end), 0) as open_days,
    count(case when site_kind in ('{{ kinds | join("', '") }}') then 1 end) as counted_sites,
    coalesce(
        sum(case when site_kind in ('{{ kinds | join("', '") }}') then headcount end), 0
    ) as counted_headcount,
    coalesce(sum(case when site_kind is null then headcount end), 0) as unknown_headcount,
    count(case
        when coalesce(site_kind in ('{{ kinds | join("', '") }}'), true) and is_headcount_unreadable then 1
    end) as unreadable_headcounts
from {{ ref('int_audit__site') }}
group by {{ range(1, 15) | join(', ') }}
