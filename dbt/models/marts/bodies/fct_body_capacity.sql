-- 3.6, 3.10 How many certificates each body's auditors carry, and how much room is left.
with {% set limit = parameter('certificates_per_auditor_max') -%}
{% set warning = parameter('certificates_per_auditor_warning') -%}
{% set full_time_min = parameter('auditor_full_time_min') -%}
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
    {% for kind, auditors in {'itsms': 'itsms_auditors', 'all': 'all_auditors'}.items() -%}
    case
        when valid_{{ kind }} > {{ limit }} * {{ auditors }} then 'breach'
        when valid_{{ kind }} > {{ warning }} * {{ auditors }} then 'warning'
        else 'pass'
    end as state_{{ kind }},
    {% endfor -%}
    case
        when itsms_auditors_full_time < {{ full_time_min }} then 'breach'
        when itsms_auditors_full_time < {{ full_time_min }} + {{ parameter('auditor_full_time_warning_margin') }} then 'warning'
        else 'pass'
    end as state_full_time
from capacity
inner join {{ ref('stg_certification_body') }} as bodies on capacity.body_id = bodies.body_id
