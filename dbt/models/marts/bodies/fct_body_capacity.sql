-- 3.6, 3.10 How many certificates each body's auditors carry, and how much room is left.
with {% set limit = parameter('certificates_per_auditor_max') -%}
capacity as (
    select *
    from {{ ref('int_body__capacity') }}
)

select
    capacity.body_id,
    bodies.name as body_name,
    capacity.itsms_auditors_full_time,
    capacity.itsms_auditors,
    capacity.valid_itsms,
    capacity.ratio_itsms,
    capacity.all_auditors,
    capacity.valid_all,
    capacity.ratio_all,
    cast({{ limit }} as decimal(18, 6)) as limit_ratio,
    cast({{ limit }} * capacity.itsms_auditors - capacity.valid_itsms as decimal(18, 6)) as room_itsms,
    cast({{ limit }} * capacity.all_auditors - capacity.valid_all as decimal(18, 6)) as room_all,
    cast({{ limit }} as decimal(18, 6)) as certificates_per_extra_auditor,
    {{ capacity_state('valid_itsms', 'itsms_auditors') }} as state_itsms,
    {{ capacity_state('valid_all', 'all_auditors') }} as state_all,
    {{ full_time_state('itsms_auditors_full_time') }} as state_full_time
from capacity
inner join {{ ref('stg_certification_body') }} as bodies on capacity.body_id = bodies.body_id
