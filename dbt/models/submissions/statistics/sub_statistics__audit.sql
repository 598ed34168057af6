-- Audits completed and terminated in every period, with their ITSMS person-days and nonconformities.
{% set types = ['stage1', 'stage2', 'surveillance', 'recertification', 'special'] -%}
{% set counted = types + [
    'completed', 'terminated', 'combined', 'offsite', 'negative', 'majors', 'minors',
    'onsite_days', 'total_days', 'without_days',
] -%}
with nonconformities as (
    select
        audit_id,
        sum(case when grade = 'major' then 1 else 0 end) as majors,
        sum(case when grade = 'minor' then 1 else 0 end) as minors
    from {{ ref('stg_nonconformity') }}
    where raised_on <= {{ as_of() }}
    group by audit_id
),

audits as (
    select
        audits.*,
        case
            when status = 'completed' then actual_end
            when status = 'terminated' then coalesce(actual_end, actual_start, planned_end)
        end as ended_on,
        case when status = 'completed' then 1 else 0 end as is_completed,
        case when {{ list_has('systems', 'ITSMS') }} then 1 else 0 end as is_itsms
    from {{ ref('stg_audit') }} as audits
),

measured as (
    select
        audits.audit_id,
        audits.body_id,
        audits.audit_type,
        audits.systems,
        {{ month_start('audits.ended_on') }} as month,
        {%- for type in types %}
        case when audits.audit_type = '{{ type }}' then is_completed else 0 end as {{ type }},
        {%- endfor %}
        is_completed as completed,
        1 - is_completed as terminated,
        case when {{ list_size('audits.systems') }} > 1 then is_completed else 0 end as combined,
        case when not audits.is_onsite then is_completed else 0 end as offsite,
        case when audits.conclusion in ('not_recommend', 'not_maintain') then is_completed else 0 end as negative,
        is_completed * coalesce(nonconformities.majors, 0) as majors,
        is_completed * coalesce(nonconformities.minors, 0) as minors,
        -- The contract's days are those for ITSMS.
        is_completed * is_itsms * coalesce(audits.onsite_days, 0) as onsite_days,
        is_completed * is_itsms * coalesce(audits.total_days, 0) as total_days,
        case when audits.onsite_days is null or audits.total_days is null then is_completed * is_itsms else 0 end as without_days
    from audits
    left join nonconformities on audits.audit_id = nonconformities.audit_id
    where audits.ended_on <= {{ as_of() }}
),

headings as (
    select
        audit_id,
        'audits' as topic,
        'all' as item
    from measured
    union all
    select
        audit_id,
        'audits_by_type' as topic,
        audit_type as item
    from measured
    union all
    select distinct
        audit_id,
        'audits_by_system' as topic,
        {{ explode_list('systems') }} as item
    from measured
),

monthly as (
    select
        measured.body_id,
        headings.topic,
        headings.item,
        measured.month,
        {%- for measure in counted %}
        sum(
            {%- if measure in ('onsite_days', 'total_days', 'without_days') -%}
            case when headings.topic <> 'audits_by_system' or headings.item = 'ITSMS' then measured.{{ measure }} else 0 end
            {%- else -%}
            measured.{{ measure }}
            {%- endif -%}
        ) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from measured
    inner join headings on measured.audit_id = headings.audit_id
    group by measured.body_id, headings.topic, headings.item, measured.month
),

totals as (
    select
        monthly.body_id,
        periods.period,
        monthly.topic,
        monthly.item,
        {%- for measure in counted %}
        sum(monthly.{{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from monthly
    inner join {{ ref('sub_statistics__period') }} as periods
        on monthly.month >= periods.first_on
        and monthly.month <= periods.last_on
    group by monthly.body_id, periods.period, monthly.topic, monthly.item
),

figures as (
    {{ figures_of('totals', counted) }}
)

select *
from figures
