-- ICAS 10.2 The file of an audit is archived within two working days of its end.
with audits as (
    select
        *,
        {{ add_days('actual_end', 1) }} as first_day_after,
        is_itsms and is_completed as is_asked
    from {{ ref('int_audit') }}
    where {{ in_population('is_itsms and is_completed') }}
),

working_days as (
    select *
    from {{ ref('int_calendar__working_day') }}
    where is_working
),

limited as (
    select
        audits.audit_id,
        audits.body_id,
        audits.org_id,
        audits.actual_end,
        audits.is_asked,
        -- Only where every day up to the limit is known.
        case
            when working_days.known_day_number - first_days.known_day_number
                = {{ days_between('audits.first_day_after', 'working_days.day_on') }}
                then working_days.day_on
        end as latest_on
    from audits
    left join {{ ref('int_calendar__working_day') }} as first_days on audits.first_day_after = first_days.day_on
    left join working_days
        on first_days.working_day_number - case when first_days.is_working then 1 else 0 end
        + {{ parameter('icas_archive_working_days', on='audits.actual_end') }} = working_days.working_day_number
),

archived as (
    select
        audit_id,
        min(case when kind = 'onsite_record' then stored_on end) as stored_on,
        min(case when kind is null then stored_on end) as unsure_on,
        bool_or(stored_on is null) as has_unsure_day
    from {{ ref('stg_record_item') }}
    where coalesce(kind = 'onsite_record', true)
        and audit_id is not null
        and coalesce(stored_on <= {{ as_of() }}, true)
        and not is_stub
    group by audit_id
),

judged as (
    select
        limited.audit_id as subject_id,
        limited.audit_id,
        limited.body_id,
        limited.org_id,
        limited.is_asked,
        limited.actual_end as anchor_on,
        limited.actual_end,
        limited.latest_on,
        archived.stored_on as observed_on,
        case
            when limited.is_asked is null or limited.latest_on is null then 'undetermined'
            when archived.stored_on <= limited.latest_on then 'pass'
            when limited.latest_on < {{ as_of() }} and (archived.unsure_on <= limited.latest_on or archived.has_unsure_day) then 'undetermined'
            when limited.latest_on < {{ as_of() }} then 'breach'
            else 'pass'
        end as state
    from limited
    left join archived on limited.audit_id = archived.audit_id
)

{{ judgement(
    'judged',
    has=['observed_on'],
    member="is_asked",
    keys=['audit_id', 'org_id'],
    found=say('审核结束于 {actual_end}，应于 {latest_on} 前归档，现场审核记录归档于 {observed_on}'),
    evidence=['actual_end', 'latest_on', 'observed_on']
) }}
