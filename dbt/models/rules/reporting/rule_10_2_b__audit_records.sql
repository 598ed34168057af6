-- 10.2 (6)-(10) Every on-site audit has records of its own. What is missing at the decision rule 10.2 reports.
{% set kinds = ['audit_plan', 'sign_in_sheet', 'onsite_record', 'nc_report', 'audit_report'] -%}
with audits as (
    select
        audits.*,
        decided.application_id is not null as has_decided_application,
        {%- for kind in kinds %}
        case
            when undecided.is_day_unknown or undecided.lists_{{ kind }} then cast(null as boolean)
            else coalesce(decided.lists_{{ kind }}, false)
        end as is_{{ kind }}_reported,
        coalesce(decided.may_lack_{{ kind }} or (decided.lacks_{{ kind }} and decided.unknown_records_in_time > 0), false)
            as may_be_{{ kind }}_there,
        {%- endfor %}
        audits.is_itsms
        and audits.is_completed
        and case
            when {{ is_unreadable('is_onsite', 'audits') }} then cast(null as boolean)
            else coalesce(audits.is_onsite, true)
        end as is_asked
    from {{ ref('int_audit') }} as audits
    left join {{ ref('int_record__missing_at_decision') }} as decided
        on audits.application_id = decided.application_id
        and decided.is_sure
        and not decided.is_abroad
        and decided.decided_on >= {{ effective_from('cnca') }}
    -- Nobody knows whether rule 10.2 reports: the decision's kind or day, or the application's systems could not be read.
    left join {{ ref('int_record__missing_at_decision') }} as undecided
        on audits.application_id = undecided.application_id
        and (not undecided.is_sure or undecided.is_day_unknown)
        and not undecided.is_abroad
        and coalesce(undecided.decided_on >= {{ effective_from('cnca') }}, true)
),

asked as (
    select *
    from audits
    where {{ in_population('is_asked') }}
),

-- A record whose retention is over (10.1) counts as kept, also one that was disposed of too early: that 10.1 reports.
records as (
    select
        asked.audit_id,
        records.kind,
        records.kind is not null
        and records.stored_on is not null
        and not {{ is_unreadable('disposed_on', 'records') }}
        and not coalesce(records.disposed_on <= {{ as_of() }} and disposed.is_retention_over is null, false) as is_known
    from asked
    inner join {{ ref('stg_record_item') }} as records on asked.audit_id = records.audit_id
    left join {{ ref('int_record__disposed') }} as disposed on records.record_id = disposed.record_id
    where not records.is_stub
        and coalesce(records.stored_on <= {{ as_of() }}, true)
        and (
            records.disposed_on is null
            or records.disposed_on > {{ as_of() }}
            or coalesce(disposed.is_retention_over, true)
        )
),

present as (
    select
        audit_id,
        -- One of an unknown kind fills one hole at most.
        count(case when kind is null then 1 end) as unknown_records,
        {%- for kind in kinds %}
        max(case when is_known and kind = '{{ kind }}' then 1 else 0 end) as has_{{ kind }},
        max(case when not is_known and kind = '{{ kind }}' then 1 else 0 end) as may_have_{{ kind }}{{ ',' if not loop.last }}
        {%- endfor %}
    from records
    group by audit_id
),

raised as (
    select
        audit_id,
        max(case when raised_on <= {{ as_of() }} then 1 else 0 end) as is_raised,
        max(case when raised_on is null then 1 else 0 end) as may_be_raised
    from {{ ref('stg_nonconformity') }}
    where not is_stub
    group by audit_id
),

decisions as (
    select
        audit_id,
        max(case when decided_on <= {{ as_of() }} then 1 else 0 end) as is_decided,
        max(case when decided_on is null then 1 else 0 end) as may_be_decided
    from {{ ref('stg_decision') }}
    where audit_id is not null
        and not is_stub
    group by audit_id
),

demanded as (
    select
        asked.audit_id,
        asked.body_id,
        asked.org_id,
        asked.application_id,
        asked.certificate_id,
        asked.is_abroad,
        asked.audit_type,
        asked.actual_end,
        asked.is_asked is null or asked.actual_end is null as is_unsure,
        coalesce(present.unknown_records, 0) as unknown_records,
        coalesce(decisions.is_decided, 0) = 1 or coalesce(next_audits.is_next_begun, false) as is_over,
        coalesce(decisions.may_be_decided, 0) = 1 or coalesce(next_audits.may_be_next_begun, false) as may_be_over,
        {%- for kind in kinds %}
        {%- set demand = {
            'nc_report': 'case when coalesce(raised.is_raised, 0) = 1 then true when coalesce(raised.may_be_raised, 0) = 1 then cast(null as boolean) else false end',
            'audit_report': "case when " ~ is_unreadable('report_issued_on', 'asked') ~ " then cast(null as boolean) else coalesce(asked.report_issued_on <= " ~ as_of() ~ ", false) end",
        }.get(kind, 'true') %}
        case
            -- A record of another audit that cannot be read may be the one that 10.2 misses.
            when asked.may_be_{{ kind }}_there
                and coalesce(present.may_have_{{ kind }}, 0) = 0
                and coalesce(present.unknown_records, 0) = 0
                then cast(null as boolean)
            else not asked.is_{{ kind }}_reported
        end
        and {{ demand }}
        and case
            when coalesce(present.has_{{ kind }}, 0) = 1 then false
            when coalesce(present.may_have_{{ kind }}, 0) = 1 then cast(null as boolean)
            else true
        end as lacks_{{ kind }}{{ ',' if not loop.last }}
        {%- endfor %}
    from asked
    left join present on asked.audit_id = present.audit_id
    left join raised on asked.audit_id = raised.audit_id
    left join decisions on asked.audit_id = decisions.audit_id
    left join {{ ref('int_audit__next') }} as next_audits on asked.audit_id = next_audits.audit_id
),

listed as (
    select
        *,
        ''
        {%- for kind in kinds %}
        || case when lacks_{{ kind }} then '、{{ record_kinds()[kind] }}' else '' end
        {%- endfor %} as missing,
        {%- for kind in kinds %}
        {{ '+ ' if not loop.first }}case when lacks_{{ kind }} then 1 else 0 end
        {%- endfor %} as holes,
        {%- for kind in kinds %}
        {{ 'or ' if not loop.first }}lacks_{{ kind }} is null
        {%- endfor %} as may_lack_more
    from demanded
),

judged as (
    select
        *,
        audit_id as subject_id,
        actual_end as anchor_on,
        case
            when is_unsure then 'undetermined'
            when holes > unknown_records and is_over then 'breach'
            when (holes > 0 or may_lack_more) and (is_over or may_be_over) then 'undetermined'
            when {{ as_of() }} <= {{ add_days('actual_end', parameter('house_records_days')) }} then 'pass'
            when holes > unknown_records then 'warning'
            when holes > 0 or may_lack_more then 'undetermined'
            else 'pass'
        end as state
    from listed
)

{{ judgement(
    'judged',
    member="nullif(is_unsure, true)",
    keys=['audit_id', 'application_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    found="case when missing <> '' then " ~ say('审核结束于 {actual_end}，缺少：{what}', what='substr(missing, 2)')
        ~ " else " ~ say('审核结束于 {actual_end}，有记录的种类、归档日或处置日未知') ~ " end",
    evidence=['audit_type', 'actual_end', 'missing', 'is_over']
) }}
