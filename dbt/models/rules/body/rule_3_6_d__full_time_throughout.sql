-- 3.6 A body keeps ten full-time ITSMS auditors or more on every day since the rule began ('持续保持'), within the last year.
with {% set first_day = 'greatest(' ~ effective_from('cnca') ~ ', ' ~ add_days(as_of(), '-' ~ parameter('capacity_history_days') | trim) ~ ')' -%}
{% set last_day = add_days(as_of(), '-1') -%}
spans as (
    select *
    from {{ ref('int_auditor__active_span') }}
    where system = 'ITSMS'
        and not is_stub
        and coalesce(employment, 'full_time') = 'full_time'
),

-- The number falls only on the day after a span's last: these days and the first are all that can be the lowest.
days as (
    select
        body_id,
        {{ first_day }} as day_on
    from {{ ref('stg_certification_body') }}
    union
    select
        body_id,
        {{ add_days('active_until', 1) }} as day_on
    from spans
    where active_until is not null
    union
    select
        body_id,
        {{ add_days('possible_until', 1) }} as day_on
    from spans
    where possible_until < {{ as_of() }}
),

counted as (
    select
        days.body_id,
        days.day_on,
        count(distinct case
            when spans.employment = 'full_time' and spans.active_from <= days.day_on and spans.active_until >= days.day_on
                then spans.person_id
        end) as auditors,
        count(distinct spans.person_id) as possible_auditors
    from days
    left join spans
        on days.body_id = spans.body_id
        and spans.possible_from <= days.day_on
        and spans.possible_until >= days.day_on
    where days.day_on >= {{ first_day }}
        and days.day_on <= {{ last_day }}
    group by days.body_id, days.day_on
),

lowest as (
    select
        body_id,
        min(auditors) as auditors,
        min(possible_auditors) as possible_auditors,
        min(case when auditors < {{ parameter('auditor_full_time_min') }} then day_on end) as first_below_on
    from counted
    group by body_id
),

judged as (
    select
        capacity.body_id as subject_id,
        capacity.body_id,
        case when not capacity.is_stub then {{ as_of() }} end as anchor_on,
        case when not capacity.is_stub then lowest.auditors end as measured,
        {{ parameter('auditor_full_time_min') }} as limit_value,
        lowest.first_below_on,
        case
            when lowest.body_id is null then 'not_applicable'
            when capacity.possible_full_time < {{ parameter('auditor_full_time_min') }} then 'not_applicable'
            when capacity.itsms_auditors_full_time < {{ parameter('auditor_full_time_min') }} then 'undetermined'
            when lowest.possible_auditors < {{ parameter('auditor_full_time_min') }} then 'breach'
            when lowest.auditors < {{ parameter('auditor_full_time_min') }} then 'undetermined'
            else 'pass'
        end as state
    from {{ ref('int_body__capacity') }} as capacity
    left join lowest on capacity.body_id = lowest.body_id
)

{{ judgement(
    'judged',
    has=['measured', 'limit_value'],
    found=say('ITSMS 专职审核员最少时为 {measured:number} 名，要求始终不少于 {parameter:auditor_full_time_min} 名；首次不足于 {first_below_on}（专兼职按今日记录）'),
    evidence=['body_id', 'measured', 'first_below_on']
) }}
