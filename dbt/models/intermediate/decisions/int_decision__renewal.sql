-- 5.12.4 Renew decisions and what was ready when the old certificate expired: the audit completed by then and, where
-- the decision came later, every major nonconformity of it verified by then. is_ready: NULL = not known.
{{ config(materialized='ephemeral') }}
with renewals as (
    select
        decisions.*,
        certificates.expires_on,
        decisions.kind = 'renew' and decisions.is_itsms as is_member,
        case
            when {{ is_unreadable('actual_end', 'decisions').replace('unreadable_columns', 'audit_unreadable_columns') }} then null
            when decisions.audit_status is null then null
            when decisions.audit_status = 'completed' and decisions.audit_ended_on <= decisions.decided_on
                then decisions.audit_ended_on <= certificates.expires_on
            else false
        end as is_audit_ready
    from {{ ref('int_decision__itsms') }} as decisions
    left join {{ ref('stg_certificate') }} as certificates
        on decisions.audited_certificate_id = certificates.certificate_id
    where {{ in_population("decisions.kind = 'renew'") }}
),

open_ones as (
    select
        renewals.decision_id,
        bool_or(
            nonconformities.grade = 'major'
            and nonconformities.raised_on <= renewals.decided_on
            and not {{ is_unreadable('verified_on', 'nonconformities') }}
            and coalesce(nonconformities.verified_on > renewals.expires_on, true)
        ) as is_open,
        bool_or((
            nonconformities.grade = 'major'
            and nonconformities.raised_on <= renewals.decided_on
            and case
                when {{ is_unreadable('verified_on', 'nonconformities') }} then null
                else coalesce(nonconformities.verified_on > renewals.expires_on, true)
            end
        ) is null) as may_be_open
    from renewals
    inner join {{ ref('int_nonconformity__itsms') }} as nonconformities on renewals.audit_id = nonconformities.audit_id
    group by renewals.decision_id
)

select
    renewals.*,
    case
        when renewals.has_no_audit or renewals.is_audit_stub or renewals.expires_on is null then null
        when not renewals.is_audit_ready then false
        when renewals.decided_on > renewals.expires_on and coalesce(open_ones.is_open, false) then false
        when renewals.is_audit_ready is null then null
        when renewals.decided_on > renewals.expires_on and coalesce(open_ones.may_be_open, false) then null
        else true
    end as is_ready
from renewals
left join open_ones on renewals.decision_id = open_ones.decision_id
