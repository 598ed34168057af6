-- 五、2 A surveillance or recertification audit in every calendar year after the year of issue and before that of expiry; a
-- reissue goes on from the first row of its line.
with certificates as (
    select
        *,
        is_itsms is null or {{ is_unreadable('parent_certificate_id') }} as is_unsure,
        -- The ledger states an end, or may state one, on a day that nobody knows.
        is_status_in_question or (is_status_day_unknown and ended_on is not null) as is_end_unknown
    from {{ ref('int_certificate__itsms') }}
    where is_main
        and is_current_row
),

years as (
    select
        certificate_id,
        {{ year_of('line_start_on') }} + 1
            + {{ explode_count(year_of('expires_on') ~ ' - ' ~ year_of('line_start_on') ~ ' - 1') }} as audit_year
    from certificates
),

audits as (
    select
        certificate_id,
        {{ year_of('actual_end') }} as audit_year,
        min(case when is_itsms and is_completed and audit_type is not null then actual_end end) as done_on,
        min(case when not coalesce(is_itsms and is_completed and audit_type is not null, false) then actual_end end) as unsure_on
    from {{ ref('int_certificate__line_audit') }}
    where is_of_line
        and coalesce(audit_type in ('surveillance', 'recertification'), true)
        and {{ in_population('is_itsms and is_completed') }}
        and actual_end is not null
    group by certificate_id, {{ year_of('actual_end') }}
),

-- Audits of the line whose day could not be read may lie in any year.
undated as (
    select distinct certificate_id
    from {{ ref('int_certificate__line_audit') }}
    where is_of_line
        and coalesce(audit_type in ('surveillance', 'recertification'), true)
        and actual_end is null
        and is_completed is null
        and coalesce(is_itsms, true)
),

judged as (
    select
        years.certificate_id || '|' || cast(years.audit_year as {{ dbt.type_string() }}) as subject_id,
        years.certificate_id,
        cast(years.audit_year as {{ dbt.type_string() }}) as period,
        certificates.body_id,
        certificates.org_id,
        certificates.is_unsure,
        certificates.line_start_on as anchor_on,
        certificates.line_start_on,
        certificates.expires_on,
        certificates.ended_on,
        certificates.is_end_unknown and coalesce(certificates.ended_on > cast(cast(years.audit_year as {{ dbt.type_string() }}) || '-12-31' as date), true)
            as may_have_ended,
        cast(cast(years.audit_year as {{ dbt.type_string() }}) || '-12-31' as date) as due_on,
        case when audits.done_on >= certificates.line_start_on then audits.done_on end as observed_on,
        coalesce(audits.unsure_on < coalesce(audits.done_on, {{ add_days('audits.unsure_on', 1) }}), false)
        or undated.certificate_id is not null as is_done_unknown
    from years
    inner join certificates on years.certificate_id = certificates.certificate_id
    left join audits
        on years.certificate_id = audits.certificate_id
        and years.audit_year = audits.audit_year
    left join undated on years.certificate_id = undated.certificate_id
),

stated as (
    select
        *,
        case
            when is_unsure then 'undetermined'
            when observed_on is null and may_have_ended then 'undetermined'
            when observed_on is null and ended_on <= due_on and not is_done_unknown then 'not_applicable'
            when observed_on is null and ended_on <= due_on then 'undetermined'
            else {{ deadline_state('due_on', 'observed_on', parameter('zdqy_surveillance_horizon_days'), 'is_done_unknown') }}
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['due_on', 'observed_on'],
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'period', 'org_id'],
    evidence=['line_start_on', 'expires_on', 'ended_on']
) }}
