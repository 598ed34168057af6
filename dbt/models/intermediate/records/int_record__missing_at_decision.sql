-- 10.2 What a file lacks at the last grant or renewal of an application: every kind of record is stored by then, for the
-- application or one of its audits, and still there; the record of the decision itself may follow.
{% set kinds = record_kinds() -%}
with decided as (
    select
        applications.application_id,
        applications.body_id,
        applications.org_id,
        coalesce(clients.is_abroad, false) as is_abroad,
        -- The kind of a decision or the systems of the application could not be read: whether it belongs here is unknown.
        coalesce({{ list_has('applications.systems', 'ITSMS') }}, false)
        and bool_or(decisions.kind is not null) as is_sure,
        max(decisions.decided_on) as decided_on,
        bool_or(decisions.decided_on is null) as is_day_unknown
    from {{ ref('stg_application') }} as applications
    inner join {{ ref('int_decision__itsms') }} as decisions on applications.application_id = decisions.application_id
    left join {{ ref('int_client') }} as clients on applications.org_id = clients.org_id
    where coalesce(decisions.kind in ('grant', 'renew'), true)
        and coalesce(decisions.decided_on <= {{ as_of() }}, true)
        and coalesce({{ list_has('applications.systems', 'ITSMS') }}, true)
        and not applications.is_stub
    group by applications.application_id, applications.body_id, applications.org_id, clients.is_abroad, applications.systems
),

audits as (
    select
        decided.application_id,
        decided.decided_on,
        audits.audit_id
    from decided
    inner join {{ ref('int_audit') }} as audits on decided.application_id = audits.application_id
    where {{ in_population('audits.is_itsms') }}
),

-- `union`: a record of the application and of its audit is one record.
records as (
    select
        decided.application_id,
        decided.decided_on,
        records.record_id,
        records.kind,
        records.stored_on,
        records.disposed_on,
        {{ is_unreadable('disposed_on', 'records') }} as is_disposal_unknown
    from decided
    inner join {{ ref('stg_record_item') }} as records on decided.application_id = records.application_id
    union
    select
        audits.application_id,
        audits.decided_on,
        records.record_id,
        records.kind,
        records.stored_on,
        records.disposed_on,
        {{ is_unreadable('disposed_on', 'records') }} as is_disposal_unknown
    from audits
    inner join {{ ref('stg_record_item') }} as records on audits.audit_id = records.audit_id
),

-- A record of an unknown kind, day or disposal does not count, but it may fill a hole.
weighed as (
    select
        *,
        kind is not null and stored_on is not null and not is_disposal_unknown as is_known
    from records
    where (disposed_on is null or disposed_on > decided_on)
        and coalesce(
            case when kind = 'decision_record' or kind is null then stored_on <= {{ as_of() }} else stored_on <= decided_on end,
            true
        )
),

present as (
    select
        application_id,
        -- One of an unknown kind fills one hole at most.
        count(case when kind is null then 1 end) as unknown_records,
        -- Stored later it can be the record of the decision only.
        count(case when kind is null and coalesce(stored_on <= decided_on, true) then 1 end) as unknown_records_in_time,
        {%- for kind in kinds %}
        max(case when is_known and kind = '{{ kind }}' then 1 else 0 end) as has_{{ kind }},
        max(case when not is_known and kind = '{{ kind }}' then 1 else 0 end) as may_have_{{ kind }}{{ ',' if not loop.last }}
        {%- endfor %}
    from weighed
    group by application_id
),

raised as (
    select
        audits.application_id,
        max(case when nonconformities.raised_on <= audits.decided_on then 1 else 0 end) as is_raised,
        max(case when nonconformities.raised_on is null then 1 else 0 end) as may_be_raised
    from audits
    inner join {{ ref('stg_nonconformity') }} as nonconformities on audits.audit_id = nonconformities.audit_id
    where not nonconformities.is_stub
    group by audits.application_id
)

select
    decided.*,
    coalesce(present.unknown_records, 0) as unknown_records,
    coalesce(present.unknown_records_in_time, 0) as unknown_records_in_time,
    {%- for kind in kinds %}
    {%- set asked = ' and coalesce(raised.is_raised, 0) = 1' if kind == 'nc_report' else '' %}
    -- Listed: no record of the kind counts; lacking: none that is there could be one.
    coalesce(present.has_{{ kind }}, 0) = 0{{ asked }} as lists_{{ kind }},
    coalesce(present.has_{{ kind }}, 0) = 0 and coalesce(present.may_have_{{ kind }}, 0) = 0{{ asked }} as lacks_{{ kind }},
    coalesce(present.has_{{ kind }}, 0) = 0
    {%- if kind == 'nc_report' %}
    and case
        when coalesce(raised.is_raised, 0) = 1 then coalesce(present.may_have_nc_report, 0) = 1
        else coalesce(raised.may_be_raised, 0) = 1
    end
    {%- else %}
    and coalesce(present.may_have_{{ kind }}, 0) = 1
    {%- endif %} as may_lack_{{ kind }}{{ ',' if not loop.last }}
    {%- endfor %}
from decided
left join present on decided.application_id = present.application_id
left join raised on decided.application_id = raised.application_id
