-- The stage pair: an application's last completed stage 1 and last completed stage 2, both there.
with stages as (
    select *
    from {{ ref('int_audit__completed') }}
    where application_id is not null
        and audit_type in ('stage1', 'stage2')
    qualify row_number() over (
        partition by application_id, audit_type order by actual_end desc, audit_id desc
    ) = 1
)

select
    applications.application_id,
    applications.body_id,
    applications.org_id,
    applications.kind,
    applications.headcount_effective as application_headcount,
    {%- for stage in ['stage1', 'stage2'] %}
    {%- for column in ['audit_id', 'actual_start', 'actual_end', 'headcount_effective', 'total_days', 'onsite_days', 'reduction_reason'] %}
    {{ stage }}.{{ column }} as {{ stage }}_{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ ref('stg_application') }} as applications
inner join stages as stage1
    on applications.application_id = stage1.application_id
    and stage1.audit_type = 'stage1'
inner join stages as stage2
    on applications.application_id = stage2.application_id
    and stage2.audit_type = 'stage2'
where {{ list_has('applications.systems', 'ITSMS') }}
