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
    {{ capacity_indicator('valid_itsms', 'itsms_auditors') }} as state_itsms,
    {{ capacity_state('valid_all', 'all_auditors') }} as state_all,
    {{ full_time_state('itsms_auditors_full_time') }} as state_full_time,
    {{ worse_of(capacity_indicator('valid_itsms', 'itsms_auditors'), capacity_state('valid_all', 'all_auditors')) }} as state_ratio,
    cast(
        floor(
            greatest(
                0,
                least(
                    {{ limit }} * capacity.itsms_auditors - capacity.valid_itsms,
                    {{ limit }} * capacity.all_auditors - capacity.valid_all
                )
            )
        ) as bigint
    ) as room,
    cast({{ parameter('certificates_per_auditor_warning') }} as decimal(18, 6)) as warning_ratio,
    cast({{ parameter('auditor_full_time_min') }} as integer) as full_time_min,
    capacity.itsms_auditors - capacity.itsms_auditors_full_time as part_time
from capacity
inner join {{ ref('stg_certification_body') }} as bodies on capacity.body_id = bodies.body_id
