-- C.4 The cycle number goes on from the certificate before, and begins with 0 at an initial certification.
with certificates as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_abroad,
        certificates.issued_on,
        certificates.cycle_no,
        certificates.previous_certificate_id,
        certificates.is_itsms is null
        or {{ is_unreadable('parent_certificate_id', 'certificates') }}
        or {{ is_unreadable('previous_certificate_id', 'certificates') }} as is_unsure,
        previous.is_stub as is_previous_stub,
        previous.system as previous_system,
        previous.cycle_no as previous_cycle_no,
        applications.kind as application_kind,
        coalesce(not applications.is_stub and applications.kind is null, false) as is_kind_unknown,
        -- Perhaps of a later day, and so no decision yet.
        applications.application_id is not null and decisions.decided_on is null as is_decision_unknown
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('int_certificate__line') }} as lines on certificates.certificate_id = lines.certificate_id
    left join {{ ref('stg_certificate') }} as previous on certificates.previous_certificate_id = previous.certificate_id
    left join {{ ref('int_certificate__decision') }} as decisions on certificates.certificate_id = decisions.certificate_id
    left join {{ ref('stg_application') }} as applications on decisions.application_id = applications.application_id
    where certificates.is_main
        and lines.reissue_of is null
),

judged as (
    select
        *,
        certificate_id as subject_id,
        issued_on as anchor_on,
        case
            when is_unsure or cycle_no is null then 'undetermined'
            when coalesce(is_previous_stub, false) then 'undetermined'
            when previous_certificate_id is not null and previous_system is null then 'undetermined'
            when previous_system = 'ITSMS' and previous_cycle_no is null then 'undetermined'
            when previous_system = 'ITSMS' and cycle_no <> previous_cycle_no + 1 then 'breach'
            when previous_system = 'ITSMS' then 'pass'
            when is_kind_unknown then 'undetermined'
            when is_decision_unknown and (application_kind = 'transfer' or cycle_no <> 0) then 'undetermined'
            when application_kind = 'transfer' then 'not_applicable'
            when application_kind = 'initial' and cycle_no <> 0 then 'breach'
            when cycle_no = 0 then 'pass'
            else 'undetermined'
        end as state
    from certificates
)

{{ judgement(
    'judged',
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found="case when previous_system = 'ITSMS' then " ~ say('周期数 {cycle_no}，前一证书的周期数 {previous_cycle_no}，应接续')
        ~ " else " ~ say('周期数 {cycle_no}，没有前一证书；初次认证应从 0 开始') ~ " end",
    evidence=['cycle_no', 'previous_certificate_id', 'previous_cycle_no', 'application_kind']
) }}
