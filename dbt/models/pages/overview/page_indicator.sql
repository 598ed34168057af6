-- The numbers at the head of the pages, by what a reader can choose: the browser adds up the rows that are left.
with {% set nothing = 'cast(null as ' ~ dbt.type_string() ~ ')' -%}
findings as (
    select
        findings.body_id,
        findings.profile,
        substr(certificates.region_code, 1, 2) as region_code,
        certificates.scope_codes,
        findings.state
    from {{ ref('fct_rule_finding') }} as findings
    left join {{ ref('dim_certificate') }} as certificates on findings.certificate_id = certificates.certificate_id
),

-- indicator: what is counted; the pages name the indicators that they show.
counted as (
    {%- for indicator, condition in [
        ('surveillance_overdue', 'is_overdue'),
        ('surveillance_overdue_unplanned', "is_overdue and plan_state = 'none'"),
        ('surveillance_planned_late', "plan_state = 'late'"),
        ('surveillance_without_leader', "leader_group = 'inactive'"),
    ] %}
    select '{{ indicator }}' as indicator, body_id, province_code as region_code, scope_codes, {{ nothing }} as profile, 1 as value
    from {{ ref('fct_surveillance_open') }}
    where is_in_force
        and {{ condition }}
    union all
    {%- endfor %}
    {#- What is due soon, by horizon, and what of it is not planned. #}
    select 'surveillance_due_' || horizon as indicator, body_id, province_code as region_code, scope_codes, {{ nothing }} as profile, 1 as value
    from {{ ref('fct_surveillance_open') }}
    where is_in_force
        and not is_overdue
    union all
    select 'surveillance_unplanned_' || horizon as indicator, body_id, province_code as region_code, scope_codes, {{ nothing }} as profile, 1 as value
    from {{ ref('fct_surveillance_open') }}
    where is_in_force
        and not is_overdue
        and plan_state = 'none'
    union all
    select 'certificates_' || status as indicator, body_id, province_code as region_code, scope_codes, {{ nothing }} as profile, 1 as value
    from {{ ref('dim_certificate') }}
    where system = 'ITSMS'
        and is_in_force
    union all
    select
        'findings_' || state as indicator,
        body_id,
        region_code,
        scope_codes,
        profile,
        1 as value
    from findings
    union all
    select
        'scopes_' || state as indicator,
        body_id,
        {{ nothing }} as region_code,
        scope_code as scope_codes,
        {{ nothing }} as profile,
        1 as value
    from {{ ref('fct_scope_capacity') }}
    {%- for indicator, relation, value, condition in [
        ("'reports_overdue'", 'fct_submission_deadline', '1', "progress = 'overdue'"),
        ("'obligations_' || urgency", 'page_obligation', '1', 'true'),
        ("'obligations_' || reported_state", 'page_obligation', '1', 'true'),
        ("'workload_' || state", 'fct_auditor_workload', '1', 'true'),
        ("'ratio_' || state_ratio", 'fct_body_capacity', '1', 'true'),
        ("'full_time_' || state_full_time", 'fct_body_capacity', '1', 'true'),
        ("'certificate_room'", 'fct_body_capacity', 'room', 'true'),
        ("'registrations_expiring'", 'fct_auditor_registration', '1', 'is_expiring'),
        ("'overlaps_planned'", 'fct_auditor_overlap', '1', 'is_planned'),
        ("'overlaps_done'", 'fct_auditor_overlap', '1', 'not is_planned'),
    ] %}
    union all
    select
        {{ indicator }} as indicator,
        body_id,
        {{ nothing }} as region_code,
        {{ nothing }} as scope_codes,
        {{ nothing }} as profile,
        {{ value }} as value
    from {{ ref(relation) }}
    where {{ condition }}
    {%- endfor %}
    union all
    -- People, not crossings: who crosses twice is one.
    select 'crossings_' || level as indicator, body_id, {{ nothing }} as region_code, {{ nothing }} as scope_codes, {{ nothing }} as profile, 1 as value
    from {{ ref('fct_auditor_crossing') }}
    where is_forecast
    group by level, body_id, person_id
    union all
    select 'rules_enabled' as indicator, {{ nothing }} as body_id, {{ nothing }} as region_code, {{ nothing }} as scope_codes, profile, 1 as value
    from {{ ref('dim_rule') }}
    where is_enabled
)

select
    indicator,
    body_id,
    region_code,
    scope_codes,
    profile,
    cast(sum(value) as bigint) as value
from counted
group by indicator, body_id, region_code, scope_codes, profile
