-- Every certificate issued by as_of, of all systems, with its status on that day.
with last_runs as (
    select
        certificate_id,
        event,
        started_on
    from {{ ref('int_certificate__suspension_run') }}
    qualify row_number() over (partition by certificate_id order by run_no desc) = 1
)

select
    certificates.*,
    {{ normalised_number('certificates.certificate_no') }} as normalised_no,
    certificates.system = 'ITSMS' as is_itsms,
    certificates.parent_certificate_id is null as is_main,
    ends.ended_on,
    ends.end_kind,
    case
        when ends.ended_on is not null then ends.end_kind
        when last_runs.event = 'suspended' then 'suspended'
        else 'valid'
    end as status,
    coalesce(ends.ended_on, last_runs.started_on, certificates.issued_on) as status_since
from {{ ref('stg_certificate') }} as certificates
left join {{ ref('int_certificate__ended') }} as ends on certificates.certificate_id = ends.certificate_id
left join last_runs on certificates.certificate_id = last_runs.certificate_id
where certificates.issued_on <= {{ as_of() }}
