-- 5.2.3 A transfer is accepted only when all five conditions hold.
{% set conditions = [
    'transfer_scope_accredited',
    'transfer_certificate_accredited',
    'transfer_certificate_in_force',
    'transfer_prior_body_in_order',
    'transfer_reports_obtained',
] -%}
with judged as (
    select
        *,
        application_id as subject_id,
        reviewed_on as anchor_on,
        case
            when reviewed_on is null then 'undetermined'
            when not ({{ conditions | join(' and ') }}) then 'breach'
            when {{ conditions | join(' and ') }} then 'pass'
            else 'undetermined'
        end as state
    from {{ ref('int_application__accepted') }}
    where kind = 'transfer'
)

{{ judgement(
    'judged',
    found="'认证转换受理于 ' || " ~ shown('reviewed_on') ~ " || '，条件："
        ~ "' || case when transfer_scope_accredited then '(1) 满足' when not transfer_scope_accredited then '(1) 不满足' else '(1) 未记录' end"
        ~ " || case when transfer_certificate_accredited then '，(2) 满足' when not transfer_certificate_accredited then '，(2) 不满足' else '，(2) 未记录' end"
        ~ " || case when transfer_certificate_in_force then '，(3) 满足' when not transfer_certificate_in_force then '，(3) 不满足' else '，(3) 未记录' end"
        ~ " || case when transfer_prior_body_in_order then '，(4) 满足' when not transfer_prior_body_in_order then '，(4) 不满足' else '，(4) 未记录' end"
        ~ " || case when transfer_reports_obtained then '，(5) 满足' when not transfer_reports_obtained then '，(5) 不满足' else '，(5) 未记录' end",
    evidence=['reviewed_on'] + conditions
) }}
