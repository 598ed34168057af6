-- 7.2.1 (6) When a surveillance is overdue, the certificate is suspended within five days.
with missed as (
    select
        certificate_id || '|' || cast(n as {{ dbt.type_string() }}) as subject_id,
        certificate_id,
        body_id,
        n,
        due_on as missed_on,
        done_on as done_late_on,
        is_abroad,
        case when not may_be_done then is_member end as is_member,
        false as is_done_unreadable,
        state = 'undetermined' as is_unknown,
        state = 'not_applicable' as is_out
    from {{ ref('int_certificate__surveillance_chain') }}
    where done_on is null
        or done_on > due_on
        or due_on is null
),

{{ overdue_rule('missed') }},

judged as (
    select
        *,
        missed_on as anchor_on
    from answered
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    keys=['certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('监督审核期限 {missed_on}，处理或补做于 {observed_on}（调查核实 {established_on}），最晚应为 {due_on}'),
    evidence=['certificate_id', 'n', 'missed_on', 'done_late_on', 'act_event_id', 'established_on', 'ended_on']
) }}
