-- 5.4.1.4 The chain of surveillances of every line of main ITSMS certificates, on its current row: link n is due 12
-- months after the one before (the line's start, for n = 1) and done by the n-th completed surveillance or
-- recertification audit of the line. A recertification closes the chain.
-- is_member: NULL where a cell that could not be read decides whether there is a chain at all. An audit that only may be
-- of the chain makes undetermined what hangs on it; a later link that may not exist is left out.
with certificates as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.issued_on,
        certificates.expires_on,
        lines.line_start_on,
        certificates.system = 'ITSMS' and lines.is_current_row as is_member,
        clients.is_abroad,
        ends.ended_on,
        ends.end_kind,
        coalesce(ends.is_day_unknown, false) or lines.is_status_in_question as is_end_day_unknown
    from {{ ref('stg_certificate') }} as certificates
    inner join {{ ref('int_certificate__line') }} as lines on certificates.certificate_id = lines.certificate_id
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    left join {{ ref('int_certificate__ended') }} as ends on certificates.certificate_id = ends.certificate_id
    where certificates.parent_certificate_id is null
        and {{ in_population("certificates.system = 'ITSMS' and lines.is_current_row") }}
),

audits as (
    select
        certificates.certificate_id,
        audits.audit_id,
        audits.audit_type,
        audits.actual_end,
        audits.audit_type in ('surveillance', 'recertification')
            and audits.is_completed
            and audits.is_itsms
            and coalesce(audits.actual_end >= certificates.line_start_on, audits.actual_end is null) as is_link_audit
    from certificates
    inner join {{ ref('int_certificate__line_audit') }} as audits
        on certificates.certificate_id = audits.certificate_id
        and audits.is_of_line
    where certificates.line_start_on is not null
),

done_audits as (
    select
        certificate_id,
        audit_id,
        audit_type,
        actual_end as done_on,
        row_number() over (partition by certificate_id order by actual_end, audit_id) as n,
        sum(case when audit_type = 'recertification' then 1 else 0 end) over (
            partition by certificate_id
            order by actual_end, audit_id
            rows between unbounded preceding and current row
        ) as recertifications_so_far
    from audits
    where is_link_audit
),

anchors as (
    select
        certificate_id,
        1 as n,
        line_start_on as anchored_on
    from certificates
    union all
    select
        certificate_id,
        n + 1 as n,
        done_on as anchored_on
    from done_audits
    where recertifications_so_far = 0
),

links as (
    select
        anchors.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_abroad,
        certificates.is_member,
        anchors.n,
        anchors.anchored_on,
        {{ add_months('anchors.anchored_on', parameter('surveillance_interval_months', on='anchors.anchored_on')) }} as due_on,
        audits.done_on,
        audits.audit_id,
        audits.audit_type,
        certificates.issued_on,
        certificates.line_start_on,
        certificates.expires_on,
        certificates.ended_on,
        certificates.end_kind,
        certificates.is_end_day_unknown
    from anchors
    inner join certificates on anchors.certificate_id = certificates.certificate_id
    left join done_audits as audits
        on anchors.certificate_id = audits.certificate_id
        and anchors.n = audits.n
),

-- What an audit that may be of the chain could change: it may have done the link, or the one before.
questions as (
    select
        links.certificate_id,
        links.n,
        bool_or(audits.actual_end is null or audits.actual_end <= links.due_on) as may_do_it_in_time,
        bool_or(audits.actual_end is null or audits.actual_end <= links.anchored_on) as may_move_it,
        bool_or(
            coalesce(audits.audit_type = 'recertification', true)
            and (audits.actual_end is null or audits.actual_end <= links.anchored_on)
        ) as may_end_the_chain
    from links
    inner join audits on links.certificate_id = audits.certificate_id
    where audits.is_link_audit is null
        and (audits.actual_end is null or audits.actual_end <= coalesce(links.done_on, {{ as_of() }}))
    group by links.certificate_id, links.n
),

judged as (
    select
        links.*,
        coalesce(questions.may_move_it, false) and links.n > 1 as is_moved,
        coalesce(questions.may_do_it_in_time, false) as may_be_done,
        questions.certificate_id is not null as is_in_question,
        case
            when links.due_on > links.expires_on then 'not_applicable'
            when links.done_on is null and links.ended_on <= links.due_on then 'not_applicable'
            else {{ deadline_state('links.due_on', 'links.done_on', parameter('surveillance_horizon_days')) }}
        end as known_state
    from links
    left join questions
        on links.certificate_id = questions.certificate_id
        and links.n = questions.n
    where links.n = 1
        or (links.due_on <= links.expires_on and not coalesce(questions.may_end_the_chain, false))
),

settled as (
    select
        *,
        case
            when due_on > expires_on then 'not_applicable'
            when is_moved then 'undetermined'
            when is_in_question and known_state = 'breach' and may_be_done then 'undetermined'
            when is_in_question and known_state in ('not_applicable', 'warning') then 'undetermined'
            -- Whether the link falls into the term hangs on its last day.
            when expires_on is null and known_state <> 'not_applicable' then 'undetermined'
            -- The ledger states an end without its day: it may have come before the link was due, but not before the issue.
            when is_end_day_unknown and issued_on <= due_on and coalesce(ended_on > due_on, true) and done_on is null
                and known_state <> 'not_applicable' then 'undetermined'
            else known_state
        end as settled_state
    from judged
)

select
    certificate_id,
    body_id,
    org_id,
    is_abroad,
    is_member,
    n,
    case when not is_moved then due_on end as due_on,
    done_on,
    audit_id,
    audit_type,
    issued_on,
    line_start_on,
    expires_on,
    ended_on,
    end_kind,
    is_end_day_unknown,
    is_in_question,
    may_be_done,
    -- As it is if the line is one of main ITSMS certificates.
    settled_state,
    case when is_member is null then 'undetermined' else settled_state end as state
from settled
