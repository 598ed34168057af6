-- 3.6, 3.10 Capacity over time: as fct_body_capacity judges as_of, on every month end before it too.
with {% set limit = parameter('certificates_per_auditor_max') -%}
{% set warning = parameter('certificates_per_auditor_warning') -%}
{% set full_time_min = parameter('auditor_full_time_min') -%}
capacity as (
    select *
    from {{ ref('int_body__capacity_by_day') }}
)

select
    capacity.body_id,
    bodies.name as body_name,
    capacity.day_on,
    capacity.day_on = {{ as_of() }} as is_as_of,
    capacity.itsms_auditors_full_time,
    capacity.itsms_auditors,
    capacity.itsms_auditors - capacity.itsms_auditors_full_time as part_time,
    capacity.valid_itsms,
    capacity.ratio_itsms,
    capacity.all_auditors,
    capacity.valid_all,
    capacity.ratio_all,
    cast({{ limit }} as decimal(18, 6)) as limit_ratio,
    cast({{ warning }} as decimal(18, 6)) as warning_ratio,
    cast({{ full_time_min }} as integer) as full_time_min,
    cast({{ full_time_min }} + {{ parameter('auditor_full_time_warning_margin') }} as integer) as full_time_warning,
    {{ capacity_indicator('valid_itsms', 'itsms_auditors') }} as state_itsms,
    {{ capacity_state('valid_all', 'all_auditors') }} as state_all,
    {{ full_time_state('itsms_auditors_full_time') }} as state_full_time
from capacity
inner join {{ ref('stg_certification_body') }} as bodies on capacity.body_id = bodies.body_id
