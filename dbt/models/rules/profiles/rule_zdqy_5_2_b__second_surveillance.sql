-- 五、2 The second surveillance (or a recertification) within 24 months of issue.
with counted as (
    select
        certificates.certificate_id,
        audits.audit_type,
        audits.actual_end,
        row_number() over (
            partition by certificates.certificate_id, audits.audit_type order by audits.actual_end, audits.audit_id
        ) as place
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('int_audit__completed') }} as audits
        on certificates.certificate_id = audits.certificate_id
    where audits.audit_type in ('surveillance', 'recertification')
        and audits.actual_end >= certificates.issued_on
),

done as (
    select
        certificate_id,
        min(actual_end) as done_on
    from counted
    where audit_type = 'recertification'
        or place > 1
    group by certificate_id
),

judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.body_id,
        certificates.issued_on as anchor_on,
        certificates.issued_on,
        certificates.expires_on,
        certificates.ended_on,
        {{ add_months('certificates.issued_on', parameter('zdqy_second_surveillance_months', on='certificates.issued_on')) }} as due_on,
        done.done_on as observed_on
    from {{ ref('int_certificate__itsms') }} as certificates
    left join done on certificates.certificate_id = done.certificate_id
    where certificates.is_main
),

stated as (
    select
        *,
        case
            when due_on > expires_on then 'not_applicable'
            when observed_on is null and ended_on <= due_on then 'not_applicable'
            else {{ deadline_state('due_on', 'observed_on', parameter('zdqy_surveillance_horizon_days')) }}
        end as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['issued_on', 'expires_on', 'ended_on']) }}
