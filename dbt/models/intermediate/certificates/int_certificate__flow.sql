-- What changes the number of valid certificates, day by day: each certificate's entries into and exits
-- from the status valid, with the reason. Every day's valid stock is the sum of signs up to that day.
with intervals as (
    select
        intervals.*,
        lag(intervals.status) over (partition by intervals.certificate_id order by intervals.from_on) as status_before
    from {{ ref('int_certificate__status_interval') }} as intervals
)

select
    intervals.certificate_id,
    certificates.body_id,
    certificates.org_id,
    certificates.system,
    certificates.scope_codes,
    intervals.from_on as flow_on,
    case
        when intervals.status_before is null and certificates.previous_certificate_id is null then 'issued'
        when intervals.status_before is null then 'renewed'
        when intervals.status = 'valid' then 'restored'
        else intervals.status
    end as flow,
    intervals.status,
    intervals.status_before,
    case when intervals.status = 'valid' then 1 else 0 end
        - case when intervals.status_before = 'valid' then 1 else 0 end as valid_change
from intervals
inner join {{ ref('int_certificate') }} as certificates
    on intervals.certificate_id = certificates.certificate_id
