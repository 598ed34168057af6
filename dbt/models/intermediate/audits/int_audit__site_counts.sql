-- 5.4.3 Sites of a completed ITSMS audit by kind, and how many of them were audited. Audits with sites only.
select
    audit_id,
    body_id,
    application_id,
    certificate_id,
    audit_type,
    actual_start,
    actual_end,
    reduction_reason,
    headcount_effective,
    {%- for kind in ['similar', 'dissimilar', 'headquarters'] %}
    count(case when site_kind = '{{ kind }}' then 1 end) as {{ kind }}_sites,
    count(case when site_kind = '{{ kind }}' and audited then 1 end) as {{ kind }}_audited,
    {%- endfor %}
    count(case when site_kind <> 'service_point' then 1 end) as fixed_sites,
    count(*) as all_sites,
    count(case when audited and onsite_days is null then 1 end) as audited_without_days,
    coalesce(sum(case when audited then {{ wide_days('onsite_days') }} end), 0) as audited_days
from {{ ref('int_audit__site') }}
group by {{ range(1, 10) | join(', ') }}
