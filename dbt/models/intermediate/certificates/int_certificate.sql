-- Every certificate issued by as_of, or on a day that could not be read, of all systems, with its line, its client, and its
-- status on that day.
with suspensions as (
    select
        certificate_id,
        max(case when restored_on is null then suspended_on end) as suspended_since,
        max(restored_on) as restored_on,
        bool_or(restored_on is null and is_day_unknown) as is_day_unknown
    from {{ ref('int_certificate__suspended') }}
    group by certificate_id
)

select
    certificates.*,
    {{ normalised_number('certificates.certificate_no') }} as normalised_no,
    certificates.system = 'ITSMS' as is_itsms,
    certificates.parent_certificate_id is null as is_main,
    lines.line_id,
    lines.line_start_on,
    lines.reissue_of,
    lines.is_current_row,
    -- Its own, or of a sub-certificate the main one's.
    lines.is_status_in_question or coalesce(main_rows.is_status_in_question, false) as is_status_in_question,
    clients.is_abroad,
    ends.ended_on,
    ends.end_kind,
    ends.own_ended_on,
    ends.own_end_kind,
    case
        when ends.ended_on is not null then ends.end_kind
        when suspensions.suspended_since is not null then 'suspended'
        else 'valid'
    end as status,
    -- Empty where the ledger states a status without its day.
    case
        when ends.ended_on is not null
            then case
                when not (ends.is_day_unknown or ends.is_own_day_unknown) then ends.ended_on
                -- On whatever earlier day it was: not before the issue.
                when coalesce(certificates.status_given, '') <> ends.end_kind and ends.ended_on = certificates.issued_on then ends.ended_on
            end
        when suspensions.suspended_since is not null
            then case when not suspensions.is_day_unknown then greatest(suspensions.suspended_since, certificates.issued_on) end
        else greatest(certificates.issued_on, coalesce(suspensions.restored_on, certificates.issued_on))
    end as status_since,
    coalesce(ends.is_day_unknown, false)
    or (ends.ended_on is null and coalesce(suspensions.is_day_unknown, false)) as is_status_day_unknown
from {{ ref('stg_certificate') }} as certificates
inner join {{ ref('int_certificate__line') }} as lines on certificates.certificate_id = lines.certificate_id
left join {{ ref('int_certificate__line') }} as main_lines
    on certificates.parent_certificate_id = main_lines.certificate_id
    and certificates.parent_certificate_id <> certificates.certificate_id
left join {{ ref('int_certificate__line') }} as main_rows on main_lines.current_certificate_id = main_rows.certificate_id
left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
left join {{ ref('int_certificate__ended') }} as ends on certificates.certificate_id = ends.certificate_id
left join suspensions on certificates.certificate_id = suspensions.certificate_id
where certificates.issued_on <= {{ as_of() }}
    or certificates.issued_on is null
