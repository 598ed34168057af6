-- 7.2.1 (12) When a surveillance's major nonconformity is not verified in time, the certificate is
-- suspended within five days.
with late as (
    select
        nonconformities.*,
        {{ happened('nonconformities.verified_on') }} as known_verified_on,
        {{ is_unreadable('verified_on', 'nonconformities') }} as is_verification_unreadable
    from {{ ref('int_nonconformity__itsms') }} as nonconformities
    where {{ in_population("nonconformities.grade = 'major' and (nonconformities.audit_type = 'surveillance' or nonconformities.is_audit_stub)") }}
),

missed as (
    select
        late.nc_id as subject_id,
        late.nc_id,
        late.body_id,
        late.audit_id,
        late.raised_on,
        late.is_abroad,
        late.grade = 'major'
            and late.audit_type = 'surveillance'
            and late.is_itsms
            and case when late.is_verification_unreadable then null else true end
            -- Verified, and the day by which it had to be hangs on a cell that could not be read.
            and case when late.known_verified_on is not null and late.verification_due_on is null then null else true end as is_member,
        coalesce(lines.current_certificate_id, lines.certificate_id) as certificate_id,
        late.verification_due_on as missed_on,
        late.known_verified_on as done_late_on,
        false as is_done_unreadable,
        lines.certificate_id is null or late.verification_due_on is null as is_unknown,
        false as is_out
    from late
    left join {{ ref('int_certificate__line') }} as lines on late.certificate_id = lines.certificate_id
    where late.known_verified_on is null
        or late.known_verified_on > late.verification_due_on
        or (late.verification_due_on is null and late.is_end_unreadable)
),

{{ overdue_rule('missed') }},

judged as (
    select
        *,
        raised_on as anchor_on
    from answered
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    keys=['nc_id', 'audit_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('严重不符合应于 {missed_on} 前验证，处理或验证于 {observed_on}（调查核实 {established_on}），最晚应为 {due_on}'),
    evidence=['audit_id', 'certificate_id', 'missed_on', 'done_late_on', 'act_event_id', 'established_on', 'ended_on']
) }}
