-- Who led the last completed audit that looked at a certificate: a surveillance, special or recertification audit of
-- it, else the audit that its decision rests on. The team leader stands for the group that knows the client.
with audits as (
    select
        certificate_id,
        audit_id,
        actual_end
    from {{ ref('int_audit__completed') }}
    where certificate_id is not null
    union all
    select
        certificates.certificate_id,
        audits.audit_id,
        audits.actual_end
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('stg_decision') }} as decisions on certificates.decision_id = decisions.decision_id
    inner join {{ ref('int_audit__completed') }} as audits on decisions.audit_id = audits.audit_id
),

last_audits as (
    select
        certificate_id,
        audit_id
    from audits
    qualify row_number() over (partition by certificate_id order by actual_end desc, audit_id desc) = 1
),

leaders as (
    select
        audit_id,
        min(person_id) as leader_id
    from {{ ref('stg_audit_assignment') }}
    where role = 'leader'
    group by audit_id
)

select
    last_audits.certificate_id,
    last_audits.audit_id,
    leaders.leader_id
from last_audits
left join leaders on last_audits.audit_id = leaders.audit_id
