-- What a certificate's life line is drawn from: its states, end, audits, surveillance days, changes and findings.
with {% set text = dbt.type_string() -%}
happenings as (
    select
        certificate_id,
        from_on as day_on,
        '状态' as lane,
        status as mark,
        '起' as said,
        1 as part
    from {{ ref('fct_certificate_status_interval') }}
    union all
    select
        certificate_id,
        coalesce(to_on, {{ as_of() }}) as day_on,
        '状态' as lane,
        status as mark,
        case when to_on is null then '至今' else '止' end as said,
        1 as part
    from {{ ref('fct_certificate_status_interval') }}
    union all
    select
        certificate_id,
        expires_on as day_on,
        '状态' as lane,
        'expiry' as mark,
        '' as said,
        2 as part
    from {{ ref('dim_certificate') }}
    union all
    select
        certificate_id,
        coalesce(actual_end, planned_start) as day_on,
        '审核' as lane,
        case when is_done then 'audit_done' else 'audit_planned' end as mark,
        {{ term('audit_type', 'audit_type') }} as said,
        3 as part
    from {{ ref('fct_certificate_audit') }}
    where is_done
        or status = 'planned'
    union all
    select
        certificate_id,
        due_on as day_on,
        '监督期限' as lane,
        case progress when 'overdue' then 'due_overdue' when 'open' then 'due_open' else 'due_done' end as mark,
        '第 ' || cast(n as {{ text }}) || ' 次' as said,
        4 as part
    from {{ ref('fct_surveillance') }}
    where progress <> 'not_applicable'
    union all
    select
        certificate_id,
        effective_on as day_on,
        '变更' as lane,
        'event' as mark,
        {{ term('certificate_event', 'event') }} as said,
        5 as part
    from {{ ref('fct_certificate_event') }}
    union all
    select
        certificate_id,
        coalesce(due_on, anchor_on) as day_on,
        '发现' as lane,
        state as mark,
        '条款 ' || clause || ' ' || title_zh as said,
        6 as part
    from {{ ref('fct_rule_finding') }}
    where certificate_id is not null
)

select
    certificate_id,
    cast(part as integer) as part,
    day_on,
    lane,
    mark,
    said,
    cast(row_number() over (partition by certificate_id order by part, day_on, mark, said) as integer) as place
from happenings
where day_on is not null
