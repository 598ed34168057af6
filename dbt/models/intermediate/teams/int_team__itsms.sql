-- 5.4.4.1 (2), (3) What an audit's auditors amount to for ITSMS: how many are known to be registered for it on their days
-- on site, how many may be (stubs, unread cells), and who is full-time and there throughout. Audits without a team too.
select
    audits.*,
    coalesce(members.registered, 0) as registered,
    coalesce(members.may_be_registered, 0) as may_be_registered,
    coalesce(members.stub_auditors, 0) as stub_auditors,
    coalesce(members.full_time_throughout, 0) as full_time_throughout,
    coalesce(members.may_be_full_time_throughout, 0) as may_be_full_time_throughout,
    coalesce(members.auditors, 0) as auditors
from {{ ref('int_team__audit') }} as audits
left join (
    select
        audit_id,
        is_plan,
        count(case when is_auditor and is_registered_itsms then 1 end) as registered,
        count(case when (is_auditor and is_registered_itsms) is null then 1 end) as may_be_registered,
        count(case when coalesce(is_auditor, true) and is_stub_person then 1 end) as stub_auditors,
        count(case when is_auditor then 1 end) as auditors,
        count(case when is_full_time_throughout then 1 end) as full_time_throughout,
        count(case when is_full_time_throughout is null then 1 end) as may_be_full_time_throughout
    from (
        select
            *,
            is_auditor
            and case
                when is_stub_person then null
                else employment = 'full_time'
                    and person_body_id = body_id
                    and case when is_joined_unreadable then null when joined_on is null then true else joined_on <= start_on end
                    and case when is_left_unreadable then null when left_on is null then true else left_on >= end_on end
            end
            and is_registered_itsms_throughout
            and onsite_start <= start_on
            and onsite_end >= end_on as is_full_time_throughout
        from {{ ref('int_team__qualified') }}
    ) as qualified
    group by audit_id, is_plan
) as members
    on audits.audit_id = members.audit_id
    and audits.is_plan = members.is_plan
