-- 五、2 A surveillance or recertification audit in every calendar year after the year of issue and before that of expiry.
with certificates as (
    select *
    from {{ ref('int_certificate__itsms') }}
    where is_main
),

years as (
    select
        certificate_id,
        {{ year_of('issued_on') }} + 1
            + {{ explode_count(year_of('expires_on') ~ ' - ' ~ year_of('issued_on') ~ ' - 1') }} as audit_year
    from certificates
),

audits as (
    select
        certificate_id,
        {{ year_of('actual_end') }} as audit_year,
        min(actual_end) as done_on
    from {{ ref('int_audit__completed') }}
    where audit_type in ('surveillance', 'recertification')
        and certificate_id is not null
    group by certificate_id, {{ year_of('actual_end') }}
),

judged as (
    select
        years.certificate_id || '|' || cast(years.audit_year as {{ dbt.type_string() }}) as subject_id,
        certificates.body_id,
        certificates.issued_on as anchor_on,
        certificates.issued_on,
        certificates.expires_on,
        certificates.ended_on,
        cast(cast(years.audit_year as {{ dbt.type_string() }}) || '-12-31' as date) as due_on,
        audits.done_on as observed_on
    from years
    inner join certificates on years.certificate_id = certificates.certificate_id
    left join audits
        on years.certificate_id = audits.certificate_id
        and years.audit_year = audits.audit_year
),

stated as (
    select
        *,
        case
            when observed_on is null and ended_on <= due_on then 'not_applicable'
            else {{ deadline_state('due_on', 'observed_on', parameter('zdqy_surveillance_horizon_days')) }}
        end as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['issued_on', 'expires_on', 'ended_on']) }}
