-- 5.10.2, 5.7.3 (2) A minor nonconformity is verified at the next audit: the next completed surveillance or
-- recertification of the line. The duty audit is the first one since the rule came into force that found it unverified.
with minors as (
    select
        *,
        grade = 'minor'
            and (is_audit_stub or (is_completed and is_itsms)) as is_member
    from {{ ref('int_nonconformity__itsms') }}
    where {{ in_population("grade = 'minor' and (is_audit_stub or is_completed)") }}
),

-- What came of an application, or of its audit: the ITSMS certificates that rest on it. Of a recertification audit only
-- what was renewed by it counts. A decision of which the day or the kind could not be read leaves it open.
granted as (
    {%- for key in ['application_id', 'audit_id'] %}
    select
        minors.nc_id,
        decisions.certificate_id,
        decisions.is_unknown or (minors.audit_type = 'recertification' and decisions.kind is null) as is_in_question
    from minors
    inner join {{ ref('int_certificate__decision') }} as decisions on minors.{{ key }} = decisions.{{ key }}
    inner join {{ ref('stg_certificate') }} as certificates on decisions.certificate_id = certificates.certificate_id
    where not decisions.is_later
        and {{ in_population("certificates.system = 'ITSMS'") }}
        and (
            minors.audit_type in ('stage1', 'stage2')
            or (
                minors.audit_type = 'recertification'
                and minors.certificate_id is not null
                and {{ in_population("decisions.kind in ('renew', 'grant')") }}
            )
        )
    {{ 'union' if not loop.last }}
    {%- endfor %}
),

-- Certificates whose lines follow an audit: what came of it, else the one that it audited.
ahead as (
    select
        nc_id,
        certificate_id,
        true as is_granted,
        is_in_question
    from granted
    union all
    select
        minors.nc_id,
        minors.certificate_id,
        false as is_granted,
        false as is_in_question
    from minors
    left join granted on minors.nc_id = granted.nc_id
    where granted.nc_id is null
        and minors.certificate_id is not null
        and {{ in_population("minors.audit_type not in ('stage1', 'stage2')") }}
),

placed as (
    select
        minors.*,
        {{ happened('minors.verified_on') }} as known_verified_on,
        lines.line_certificate_id,
        coalesce(lines.is_granted, false) as is_granted,
        coalesce(lines.is_in_question, false) as is_grant_in_question,
        coalesce(lines.is_line_unknown, false) as is_line_unknown,
        coalesce(lines.is_overdue, false) as is_overdue
    from minors
    left join (
        select
            ahead.nc_id,
            min(ahead.certificate_id) as line_certificate_id,
            bool_or(ahead.is_granted) as is_granted,
            bool_or(ahead.is_in_question) as is_in_question,
            bool_or(lines.certificate_id is null) as is_line_unknown,
            bool_or(overdue.certificate_id is not null) as is_overdue
        from ahead
        left join {{ ref('int_certificate__line') }} as lines on ahead.certificate_id = lines.certificate_id
        left join (
            select distinct certificate_id
            from {{ ref('int_certificate__surveillance_chain') }}
            where done_on is null
                and due_on < {{ as_of() }}
                and state <> 'not_applicable'
        ) as overdue on lines.current_certificate_id = overdue.certificate_id
        group by ahead.nc_id
    ) as lines on minors.nc_id = lines.nc_id
),

-- Certificates of which nobody knows what they rest on: they may have come of any audit of their client.
unknown_grants as (
    select distinct certificates.org_id
    from {{ ref('int_certificate__decision') }} as decisions
    inner join {{ ref('stg_certificate') }} as certificates on decisions.certificate_id = certificates.certificate_id
    where {{ in_population("certificates.system = 'ITSMS'") }}
        and (
            (decisions.is_not_known and decisions.decided_on is null and decisions.kind is null and decisions.audit_id is null)
            or (decisions.is_audit_stub and not decisions.is_later)
        )
),

-- Of a certificate that is a stub only its own audits are known.
audits_of_lines as (
    select
        certificate_id,
        audit_id,
        audit_type,
        actual_start,
        actual_end,
        is_completed,
        is_itsms
    from {{ ref('int_certificate__line_audit') }}
    union all
    select
        audits.certificate_id,
        audits.audit_id,
        audits.audit_type,
        audits.actual_start,
        audits.actual_end,
        audits.is_completed,
        audits.is_itsms
    from {{ ref('int_audit__itsms') }} as audits
    inner join {{ ref('stg_certificate') }} as certificates on audits.certificate_id = certificates.certificate_id
    where certificates.is_stub
),

following as (
    select distinct
        placed.nc_id,
        audits.audit_id as duty_audit_id,
        audits.actual_start,
        audits.actual_end,
        audits.is_completed and audits.is_itsms and audits.audit_type in ('surveillance', 'recertification') as is_following,
        placed.known_verified_on
    from placed
    inner join ahead on placed.nc_id = ahead.nc_id
    inner join audits_of_lines as audits on ahead.certificate_id = audits.certificate_id
    where {{ in_population(
            "audits.is_completed and audits.audit_type in ('surveillance', 'recertification')"
        ) }}
        and audits.audit_id <> placed.audit_id
        and (
            audits.actual_end is null
            or audits.actual_end > placed.actual_end
            or (audits.actual_end = placed.actual_end and audits.audit_id > placed.audit_id)
        )
),

duties as (
    select
        nc_id,
        duty_audit_id,
        actual_end as duty_on
    from following
    where is_following
    qualify row_number() over (
        partition by nc_id
        order by
            case
                when actual_end >= {{ effective_from('cnca') }}
                    and coalesce(known_verified_on >= coalesce(actual_start, actual_end), true) then 0
                else 1
            end,
            actual_end,
            duty_audit_id
    ) = 1
),

doubtful as (
    select distinct nc_id
    from following
    where is_following is null
),

judged as (
    select
        placed.nc_id as subject_id,
        placed.nc_id,
        placed.audit_id,
        placed.body_id,
        coalesce(duties.duty_on, {{ as_of() }}) as anchor_on,
        placed.line_certificate_id,
        placed.raised_on,
        placed.known_verified_on as observed_on,
        duties.duty_audit_id,
        duties.duty_on,
        placed.is_abroad,
        placed.is_member,
        {{ is_unreadable('verified_on', 'placed') }} as is_verification_unreadable,
        doubtful.nc_id is not null as is_duty_in_question,
        case
            when placed.is_audit_stub or placed.audit_type is null then 'undetermined'
            when placed.is_grant_in_question then 'undetermined'
            when placed.audit_type = 'recertification' and placed.certificate_id is null then 'undetermined'
            when placed.line_certificate_id is null
                then case
                    when placed.audit_type in ('surveillance', 'recertification') then 'undetermined'
                    when placed.audit_type in ('stage1', 'stage2')
                        and (placed.application_id is null or unknown_grants.org_id is not null) then 'undetermined'
                    else 'not_applicable'
                end
            when duties.duty_on is not null and coalesce(placed.known_verified_on > duties.duty_on, true) then 'breach'
            -- Behind what is not known there may be an earlier audit.
            when placed.is_line_unknown and placed.known_verified_on is null then 'undetermined'
            when placed.audit_type = 'recertification' and not placed.is_granted and unknown_grants.org_id is not null
                and (placed.known_verified_on is null or duties.duty_on is not null) then 'undetermined'
            when duties.duty_on is null and placed.known_verified_on is null and placed.is_overdue then 'warning'
            else 'pass'
        end as known_state
    from placed
    left join duties on placed.nc_id = duties.nc_id
    left join doubtful on placed.nc_id = doubtful.nc_id
    left join unknown_grants on placed.org_id = unknown_grants.org_id
),

stated as (
    select
        *,
        case
            when known_state in ('breach', 'warning') and is_verification_unreadable then 'undetermined'
            when known_state = 'breach' and observed_on is null then known_state
            when known_state <> 'not_applicable' and is_duty_in_question
                and (observed_on is null or duty_on is not null) then 'undetermined'
            else known_state
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    keys=['nc_id', 'audit_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '轻微不符合验证于 {observed_on}，{duty}',
        duty="case when duty_audit_id is null then '其后尚无监督或再认证审核' else '应在 ' || cast(duty_on as " ~ dbt.type_string() ~ ") || ' 结束的审核 ' || duty_audit_id || ' 中验证' end"
    ),
    evidence=['audit_id', 'line_certificate_id', 'raised_on', 'duty_audit_id', 'duty_on', 'observed_on']
) }}
