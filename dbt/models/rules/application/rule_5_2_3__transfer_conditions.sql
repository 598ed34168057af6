-- 5.2.3 A transfer is accepted only when all five conditions hold.
{% set conditions = [
    'transfer_scope_accredited',
    'transfer_certificate_accredited',
    'transfer_certificate_in_force',
    'transfer_prior_body_in_order',
    'transfer_reports_obtained',
] -%}
with transfers as (
    select
        *,
        is_judged and kind = 'transfer' as is_judged_transfer
    from {{ ref('int_application__judged') }}
),

judged as (
    select
        *,
        application_id as subject_id,
        -- Not reviewed, and yet an audit began: that day decides whether the rule was in force.
        case
            when reviewed_on <= {{ as_of() }} then reviewed_on
            when has_begun and not {{ is_unreadable('reviewed_on') }} then first_begun_on
        end as anchor_on,
        {%- for condition in conditions %}
        '({{ loop.index }}) '
        || case when {{ condition }} then '满足' when not {{ condition }} then '不满足' else '未记录' end as condition_{{ loop.index }}_zh,
        {%- endfor %}
        {{ state_if('not (' ~ conditions | join(' and ') ~ ')') }} as state
    from transfers
    where {{ in_population('is_judged_transfer') }}
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged_transfer',
    found=say('认证转换受理于 {reviewed_on}，条件：{condition_1_zh}，{condition_2_zh}，{condition_3_zh}，{condition_4_zh}，{condition_5_zh}'),
    evidence=['reviewed_on'] + conditions
) }}
