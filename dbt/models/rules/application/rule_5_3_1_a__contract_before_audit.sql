-- 5.3.1 The contract is signed when the first audit of an application begins, whatever that audit's status or system.
with first_audits as (
    select
        application_id,
        min(actual_start) as first_started_on
    from {{ ref('stg_audit') }}
    where application_id is not null
        and actual_start <= {{ as_of() }}
    group by application_id
),

judged as (
    select
        applications.application_id as subject_id,
        applications.body_id,
        first_audits.first_started_on as anchor_on,
        first_audits.first_started_on,
        applications.contract_no,
        applications.contract_signed_on,
        case
            when applications.contract_signed_on is null then 'breach'
            when applications.contract_signed_on > first_audits.first_started_on then 'breach'
            else 'pass'
        end as state
    from {{ ref('stg_application') }} as applications
    inner join first_audits on applications.application_id = first_audits.application_id
    where {{ list_has('applications.systems', 'ITSMS') }}
)

{{ judgement(
    'judged',
    found="'首次审核开始于 ' || " ~ shown('first_started_on') ~ " || '，合同签订于 ' || " ~ shown('contract_signed_on'),
    evidence=['contract_no', 'contract_signed_on', 'first_started_on']
) }}
