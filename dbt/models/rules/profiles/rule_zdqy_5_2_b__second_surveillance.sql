-- 五、2 The second surveillance (or a recertification) within 24 months of issue; a reissue goes on from the first row of its line.
with certificates as (
    select
        *,
        is_itsms is null or {{ is_unreadable('parent_certificate_id') }} as is_unsure,
        -- The ledger states an end, or may state one, on a day that nobody knows.
        is_status_in_question or (is_status_day_unknown and ended_on is not null) as is_end_unknown,
        {{ add_months('line_start_on', parameter('zdqy_second_surveillance_months', on='line_start_on')) }} as due_on
    from {{ ref('int_certificate__itsms') }}
    where is_main
        and (is_current_row or issued_on is null)
),

counted as (
    select
        certificates.certificate_id,
        audits.audit_type,
        audits.actual_end,
        coalesce(audits.actual_end <= certificates.due_on, true) as may_be_in_time,
        coalesce(audits.is_itsms and audits.is_completed and audits.audit_type is not null, false) as is_sure,
        row_number() over (
            partition by
                certificates.certificate_id,
                audits.audit_type,
                coalesce(audits.is_itsms and audits.is_completed and audits.audit_type is not null, false)
            order by audits.actual_end, audits.audit_id
        ) as place
    from certificates
    inner join {{ ref('int_certificate__line_audit') }} as audits
        on certificates.certificate_id = audits.certificate_id
        and audits.is_of_line
    where coalesce(audits.audit_type in ('surveillance', 'recertification'), true)
        and {{ in_population('audits.is_itsms and audits.is_completed') }}
        and coalesce(audits.actual_end >= certificates.line_start_on, true)
),

done as (
    select
        certificate_id,
        min(case when is_sure and (audit_type = 'recertification' or place > 1) then actual_end end) as done_on,
        bool_or(not is_sure) as is_done_unknown,
        -- A recertification, or enough surveillances for a second one.
        bool_or(not is_sure and may_be_in_time and coalesce(audit_type = 'recertification', true))
        or (
            bool_or(not is_sure and may_be_in_time)
            and count(case when may_be_in_time and coalesce(audit_type = 'surveillance', true) then 1 end) > 1
        ) as may_be_done_in_time
    from counted
    group by certificate_id
),

judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_unsure,
        certificates.line_start_on as anchor_on,
        certificates.line_start_on,
        certificates.expires_on,
        certificates.ended_on,
        certificates.due_on,
        certificates.is_end_unknown and coalesce(certificates.ended_on > certificates.due_on, true) as may_have_ended,
        done.done_on as observed_on,
        coalesce(done.is_done_unknown, false) as is_done_unknown,
        coalesce(done.may_be_done_in_time, false) as may_be_done_in_time
    from certificates
    left join done on certificates.certificate_id = done.certificate_id
),

decided as (
    select
        *,
        case
            when due_on > expires_on then 'not_applicable'
            when observed_on is null and ended_on <= due_on then 'not_applicable'
            else {{ deadline_state('due_on', 'observed_on', parameter('zdqy_surveillance_horizon_days')) }}
        end as known_state
    from judged
),

stated as (
    select
        *,
        case
            when is_unsure then 'undetermined'
            when due_on > expires_on then 'not_applicable'
            when expires_on is null and known_state <> 'pass' then 'undetermined'
            when expires_on is null then 'undetermined'
            when observed_on is null and may_have_ended then 'undetermined'
            when is_done_unknown and known_state = 'not_applicable' then 'undetermined'
            when may_be_done_in_time and known_state <> 'pass' then 'undetermined'
            else known_state
        end as state
    from decided
)

{{ judgement(
    'stated',
    has=['due_on', 'observed_on'],
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'org_id'],
    evidence=['line_start_on', 'expires_on', 'ended_on']
) }}
