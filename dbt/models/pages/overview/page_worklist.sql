-- What needs action, of all domains in one list. Open obligations and limits come from the marts of their domain, all
-- else from the rules' findings. How urgent a line is follows from its state and its day alone.
with {% set soon = add_days(as_of(), parameter('worklist_soon_days')) -%}
{% set ahead = add_days(as_of(), parameter('worklist_ahead_days')) -%}
{% set back = add_days(as_of(), '-' ~ parameter('worklist_back_days')) -%}
{% set text = dbt.type_string() -%}
-- R5.4.1.4-a, -b: a surveillance that is overdue, or due and not planned in time.
surveillances as (
    select
        'surveillance|' || certificate_id || '|' || cast(n as {{ text }}) as line_id,
        'surveillance' as domain,
        case when is_overdue then 'breach' else 'warning' end as state,
        false as is_standing,
        false as is_new,
        certificate_id,
        cast(null as {{ text }}) as person_id,
        leader_id as responsible_id,
        body_id,
        region_code,
        scope_codes,
        'cnca' as profile,
        due_on,
        '第 ' || cast(n as {{ text }}) || ' 次监督审核'
        || case plan_state
            when 'none' then '，未安排'
            when 'late' then '，计划晚于期限（' || cast(planned_start as {{ text }}) || '）'
            when 'lapsed' then '，计划的日期已过'
            else '，已安排 ' || cast(planned_start as {{ text }})
        end as what,
        case plan_state
            when 'none' then '安排监督审核'
            when 'late' then '提前计划的审核'
            when 'lapsed' then '重新安排，或登记已做的审核'
            else '按计划审核'
        end as next_step,
        cast(null as {{ text }}) as found,
        cast(null as {{ text }}) as rule_id,
        org_name as subject,
        {{ records_address('surveillance', 'surveillance', {'q': 'certificate_id'}) }} as list_href
    from {{ ref('fct_surveillance_open') }}
    where is_in_force
        and (is_overdue or (due_on <= {{ ahead }} and plan_state <> 'in_time'))
),

expiries as (
    select
        'expiry|' || certificate_id as line_id,
        'expiry' as domain,
        'warning' as state,
        false as is_standing,
        false as is_new,
        certificate_id,
        cast(null as {{ text }}) as person_id,
        cast(null as {{ text }}) as responsible_id,
        body_id,
        region_code,
        scope_codes,
        'cnca' as profile,
        expires_on as due_on,
        '证书到期，尚未再认证' as what,
        '安排再认证，或到期注销' as next_step,
        cast(null as {{ text }}) as found,
        cast(null as {{ text }}) as rule_id,
        org_name as subject,
        {{ records_address('certificates', 'certificates', {'q': 'certificate_id'}) }} as list_href
    from {{ ref('dim_certificate') }}
    where system = 'ITSMS'
        and is_main
        and status = 'valid'
        and expires_on <= {{ ahead }}
),

-- R9.*: what is to be reported and has not been accepted.
reports as (
    select
        'report|' || deadlines.kind || '|' || coalesce(deadlines.body_id, '') || '|' || coalesce(deadlines.subject_id, '')
        || coalesce('|' || deadlines.period, '') as line_id,
        'report' as domain,
        deadlines.state,
        false as is_standing,
        false as is_new,
        deadlines.certificate_id,
        cast(null as {{ text }}) as person_id,
        cast(null as {{ text }}) as responsible_id,
        deadlines.body_id,
        certificates.region_code,
        certificates.scope_codes,
        'cnca' as profile,
        deadlines.due_on,
        '上报：' || {{ term('report_kind', 'deadlines.kind') }} || coalesce('（' || deadlines.period || '）', '') as what,
        '生成文件并报送' as next_step,
        cast(null as {{ text }}) as found,
        cast(null as {{ text }}) as rule_id,
        coalesce(certificates.org_name, deadlines.subject_id) as subject,
        {{ records_address('submissions', 'deadlines', {'q': 'deadlines.subject_id', 'kind': 'deadlines.kind'}) }} as list_href
    from {{ ref('fct_submission_deadline') }} as deadlines
    left join {{ ref('dim_certificate') }} as certificates on deadlines.certificate_id = certificates.certificate_id
    where deadlines.done_on is null
        and (deadlines.state = 'breach' or deadlines.due_on <= {{ soon }})
),

-- R3.9-a: who is over or near the limit of days on site, and who will be by the plan.
workloads as (
    select
        'workload|' || person_id as line_id,
        'workload' as domain,
        state,
        true as is_standing,
        false as is_new,
        cast(null as {{ text }}) as certificate_id,
        person_id,
        person_id as responsible_id,
        body_id,
        cast(null as {{ text }}) as region_code,
        cast(null as {{ text }}) as scope_codes,
        'cnca' as profile,
        case state when 'breach' then rolling_max_end_on end as due_on,
        '连续 {{ parameter("cycle_year_days") }} 天现场'
        || case state
            when 'breach' then ' ' || {{ shown_number('rolling_max_days') }} || ' 天，超过上限'
            else '最多 ' || {{ shown_number('rolling_max_days') }} || ' 天，接近上限'
        end as what,
        case state when 'breach' then '停止派遣，改派他人' else '减少派遣' end as next_step,
        cast(null as {{ text }}) as found,
        'R3.9-a' as rule_id,
        person_id as subject,
        {{ records_address('auditors', 'auditors', {'q': 'person_id'}) }} as list_href
    from {{ ref('fct_auditor_workload') }}
    where state in ('breach', 'warning')
    union all
    select
        'crossing|' || person_id as line_id,
        'workload' as domain,
        'warning' as state,
        false as is_standing,
        false as is_new,
        cast(null as {{ text }}) as certificate_id,
        person_id,
        person_id as responsible_id,
        body_id,
        cast(null as {{ text }}) as region_code,
        cast(null as {{ text }}) as scope_codes,
        'cnca' as profile,
        min(crossed_on) as due_on,
        '按计划将超过上限' as what,
        '改派此日以后的审核' as next_step,
        cast(null as {{ text }}) as found,
        'R3.9-a' as rule_id,
        person_id as subject,
        {{ records_address('auditors', 'crossings', {'q': 'person_id'}) }} as list_href
    from {{ ref('fct_auditor_crossing') }}
    where is_forecast
        and level = 'limit'
    group by person_id, body_id
),

-- 3.6, 3.10: each measure of a body is a line of its own, so that two of them both stand.
capacities as (
    select
        'capacity|full_time|' || body_id as line_id,
        'R3.6-a' as rule_id,
        body_id,
        body_name,
        state_full_time as state,
        '专职 ITSMS 审核员 ' || cast(itsms_auditors_full_time as {{ text }}) || ' 人'
        || case state_full_time when 'breach' then '，少于下限' else '，接近下限' end as what,
        '补充专职审核员' as next_step
    from {{ ref('fct_body_capacity') }}
    union all
    select
        'capacity|itsms|' || body_id as line_id,
        'R3.10-a' as rule_id,
        body_id,
        body_name,
        state_itsms as state,
        'ITSMS 人均证书 ' || coalesce(cast(cast(ratio_itsms as decimal(18, 1)) as {{ text }}), '无审核员')
        || {{ say('，多于 {parameter:certificates_per_auditor_max} 张') }} as what,
        '补充审核员，或暂缓发证' as next_step
    from {{ ref('fct_body_capacity') }}
    union all
    select
        'capacity|all|' || body_id as line_id,
        'R3.10-b' as rule_id,
        body_id,
        body_name,
        state_all as state,
        '全部体系人均证书 ' || coalesce(cast(cast(ratio_all as decimal(18, 1)) as {{ text }}), '无审核员')
        || case state_all when 'breach' then '，超过上限' else '，接近上限' end as what,
        '补充审核员，或暂缓发证' as next_step
    from {{ ref('fct_body_capacity') }}
),

bodies as (
    select
        line_id,
        'capacity' as domain,
        state,
        true as is_standing,
        false as is_new,
        cast(null as {{ text }}) as certificate_id,
        cast(null as {{ text }}) as person_id,
        cast(null as {{ text }}) as responsible_id,
        body_id,
        cast(null as {{ text }}) as region_code,
        cast(null as {{ text }}) as scope_codes,
        'cnca' as profile,
        {{ as_of() }} as due_on,
        what,
        next_step,
        cast(null as {{ text }}) as found,
        rule_id,
        body_name as subject,
        {{ records_address('capacity', 'bodies') }} as list_href
    from capacities
    where state in ('breach', 'warning')
),

-- What the lines above do not say already: deadlines that come, what is so today, and what was found of late.
-- A scope without enough people (R3.6-b) and a grant without a ground (R3.6-c) stand until they are mended.
findings as (
    select
        findings.finding_id as line_id,
        case
            when rules.is_on_plans then 'before'
            when findings.rule_id in ('R3.6-b', 'R3.6-c') then 'capacity'
            when findings.state = 'warning' and rules.has_house_number then 'house'
            when findings.due_on is null then 'found'
            else 'deadline'
        end as domain,
        findings.state,
        findings.rule_id in ('R3.6-b', 'R3.6-c') as is_standing,
        findings.due_on is null and findings.rule_id not in ('R3.6-b', 'R3.6-c') and not rules.is_on_plans as is_new,
        findings.certificate_id,
        findings.person_id,
        findings.person_id as responsible_id,
        findings.body_id,
        certificates.region_code,
        coalesce(certificates.scope_codes, findings.scope_code) as scope_codes,
        findings.profile,
        -- What is planned is to be put right before it begins.
        case when rules.is_on_plans then coalesce(findings.due_on, findings.anchor_on) else findings.due_on end as due_on,
        '条款 ' || findings.clause || ' ' || findings.title_zh as what,
        case
            when rules.is_on_plans then '审核开始前调整计划'
            when findings.due_on is null then '查明原因并纠正'
            else '在期限前完成'
        end as next_step,
        findings.found,
        findings.rule_id,
        coalesce(findings.subject_label, findings.subject_id) as subject,
        {{ records_address('rules', 'findings', {'q': 'findings.subject_id', 'rule_id': 'findings.rule_id'}) }} as list_href,
        findings.observed_on,
        findings.anchor_on
    from {{ ref('fct_rule_finding') }} as findings
    inner join {{ ref('dim_rule') }} as rules on findings.rule_id = rules.rule_id
    left join {{ ref('dim_certificate') }} as certificates on findings.certificate_id = certificates.certificate_id
    where findings.state in ('breach', 'warning')
        and findings.rule_id not in (
            'R3.6-a', 'R3.9-a', 'R3.10-a', 'R3.10-b', 'R5.4.1.4-a', 'R5.4.1.4-b', 'R9.1-a', 'R9.1-b', 'R9.2', 'R9.3', 'R9.4-a'
        )
),

work as (
    select * from surveillances
    union all
    select * from expiries
    union all
    select * from reports
    union all
    select * from workloads
    union all
    select * from bodies
    union all
    select
        line_id,
        domain,
        state,
        is_standing,
        is_new,
        certificate_id,
        person_id,
        responsible_id,
        body_id,
        region_code,
        scope_codes,
        profile,
        due_on,
        what,
        next_step,
        found,
        rule_id,
        subject,
        list_href
    from findings
    where is_standing
        or (is_new and state = 'breach' and anchor_on > {{ back }})
        or (due_on is not null and observed_on is null and due_on <= {{ ahead }})
),

graded as (
    select
        *,
        case
            when is_new then 'found'
            when is_standing and state = 'breach' then 'overdue'
            when is_standing or due_on is null then 'month'
            when due_on < {{ as_of() }} then 'overdue'
            when due_on <= {{ soon }} then 'week'
            else 'month'
        end as urgency
    from work
)

select
    graded.line_id,
    graded.urgency,
    cast(case graded.urgency when 'overdue' then 1 when 'week' then 2 when 'month' then 3 else 4 end as integer) as urgency_place,
    graded.domain,
    cast(
        case graded.domain
            when 'capacity' then 1
            when 'workload' then 2
            when 'surveillance' then 3
            when 'report' then 4
            when 'before' then 5
            when 'deadline' then 6
            when 'expiry' then 7
            when 'house' then 8
            else 9
        end as integer
    ) as domain_place,
    graded.state,
    graded.what,
    graded.next_step,
    graded.found,
    graded.rule_id,
    graded.subject,
    graded.certificate_id,
    graded.person_id,
    graded.responsible_id,
    graded.due_on,
    cast({{ days_between(as_of(), 'graded.due_on') }} as integer) as days_left,
    graded.body_id,
    bodies.name as body_name,
    graded.region_code,
    graded.scope_codes,
    graded.profile,
    graded.list_href,
    case
        when graded.certificate_id is not null then {{ record_address('certificate', 'graded.certificate_id') }}
        when graded.person_id is not null then {{ record_address('auditor', 'graded.person_id') }}
        else graded.list_href
    end as href
from graded
left join {{ ref('dim_certification_body') }} as bodies on graded.body_id = bodies.body_id
