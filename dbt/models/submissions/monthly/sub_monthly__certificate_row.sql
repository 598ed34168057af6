-- The rows of the certificate sheet: what happened to a certificate in a month, one row per kind of report.
with grouped as (
    select
        certificate_id,
        body_id,
        month,
        report_type,
        max(happened_on) as happened_on,
        max(case when change_types is not null then happened_on end) as changed_on,
        max(scope_decision_id) as scope_decision_id,
        sum(case when occurrence in ('issued', 'renewed', 'replaced', 'transferred') then 1 else 0 end) as issues
    from {{ ref('sub_monthly__occurrence') }}
    group by certificate_id, body_id, month, report_type
),

-- Why a certificate was exchanged and what it was before: its issue, else the latest reissue.
latest as (
    select *
    from {{ ref('sub_monthly__occurrence') }}
    qualify row_number() over (
        partition by certificate_id, month, report_type
        order by case when occurrence = 'reissued' then 1 else 0 end, happened_on desc, seq desc
    ) = 1
),

-- Who decided on what happened last in the month.
acts as (
    select
        certificate_id,
        month,
        report_type,
        acted_by,
        acted_on
    from {{ ref('sub_monthly__occurrence') }}
    where occurrence not in ('issued', 'renewed', 'replaced', 'transferred', 'expired')
    qualify row_number() over (
        partition by certificate_id, month, report_type order by happened_on desc, seq desc, occurrence asc
    ) = 1
),

single_types as (
    select
        certificate_id,
        month,
        report_type,
        happened_on,
        seq,
        {{ explode_list('change_types') }} as change_type
    from {{ ref('sub_monthly__occurrence') }}
    where change_types is not null
),

first_types as (
    select
        certificate_id,
        month,
        report_type,
        change_type,
        min(happened_on) as first_on,
        min(seq) as first_seq
    from single_types
    group by certificate_id, month, report_type, change_type
),

ordered_types as (
    select
        *,
        row_number() over (
            partition by certificate_id, month, report_type order by first_on, first_seq, change_type
        ) as type_no
    from first_types
),

change_types as (
    select
        certificate_id,
        month,
        report_type,
        {{ joined_values('change_type', ';', 'type_no') }} as change_types
    from ordered_types
    group by certificate_id, month, report_type
)

select
    grouped.certificate_id,
    grouped.body_id,
    grouped.month,
    grouped.report_type,
    grouped.month as period_from,
    {{ submission_last_day('grouped.month') }} as reported_until,
    grouped.happened_on,
    change_types.change_types,
    grouped.changed_on,
    case when grouped.report_type = 'exchanged' then latest.occurrence end as exchange_cause,
    case when grouped.report_type = 'exchanged' then latest.happened_on end as exchanged_on,
    latest.original_certificate_no,
    latest.original_approval_no,
    -- The decision behind the row; a mere change of status has its own decider and day, and an expiry nobody's: what
    -- expires is what was decided on when it was granted.
    case
        when grouped.issues > 0 then basis.decision_id
        when grouped.scope_decision_id is not null then grouped.scope_decision_id
        when acts.certificate_id is null then basis.decision_id
    end as decision_id,
    acts.acted_by,
    acts.acted_on,
    case
        when grouped.issues > 0 then basis.audit_id
        else decisions.audit_id
    end as audit_id,
    case when grouped.issues > 0 then basis.stage1_audit_id end as stage1_audit_id
from grouped
inner join {{ ref('sub_monthly__basis') }} as basis on grouped.certificate_id = basis.certificate_id
inner join latest
    on grouped.certificate_id = latest.certificate_id
    and grouped.month = latest.month
    and grouped.report_type = latest.report_type
left join acts
    on grouped.certificate_id = acts.certificate_id
    and grouped.month = acts.month
    and grouped.report_type = acts.report_type
left join {{ ref('stg_decision') }} as decisions on grouped.scope_decision_id = decisions.decision_id
left join change_types
    on grouped.certificate_id = change_types.certificate_id
    and grouped.month = change_types.month
    and grouped.report_type = change_types.report_type
