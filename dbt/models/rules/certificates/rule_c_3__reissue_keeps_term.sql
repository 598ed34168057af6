-- C.3 A reissue within the term keeps body code, year, running number and term.
with certificates as (
    select
        'certificate|' || certificates.certificate_id as subject_id,
        certificates.certificate_id,
        cast(null as {{ dbt.type_string() }}) as event_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_abroad,
        certificates.issued_on as anchor_on,
        certificates.is_itsms is null as is_unsure,
        false as is_not_kept,
        {{ normalised_number('previous.certificate_no') }} as number_before,
        {{ normalised_number('certificates.certificate_no') }} as number_after,
        previous.expires_on as expires_before,
        certificates.expires_on as expires_after
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('stg_certificate') }} as previous on certificates.reissue_of = previous.certificate_id
),

-- "kept": whether the body fills one of the three columns in any event of its certificates.
keeping as (
    select certificates.body_id
    from {{ ref('stg_certificate_event') }} as events
    inner join {{ ref('stg_certificate') }} as certificates on events.certificate_id = certificates.certificate_id
    group by certificates.body_id
    having max(
        case
            when events.old_number is not null or events.new_number is not null or events.new_expires_on is not null then 1
            when {{ is_unreadable('old_number', 'events') }} or {{ is_unreadable('new_number', 'events') }}
                or {{ is_unreadable('new_expires_on', 'events') }} then 1
            else 0
        end
    ) = 1
),

reissues as (
    select
        *,
        count(new_expires_on) over (
            partition by certificate_id order by effective_on, seq, event_id rows between unbounded preceding and current row
        ) as printed_no
    from {{ ref('int_certificate__event') }}
    where event = 'reissued'
        or event is null
),

events as (
    select
        'event|' || reissues.event_id as subject_id,
        reissues.certificate_id,
        reissues.event_id,
        reissues.body_id,
        reissues.org_id,
        reissues.is_abroad,
        reissues.effective_on as anchor_on,
        reissues.is_itsms is null or reissues.event is null as is_unsure,
        keeping.body_id is null
        and reissues.body_id is not null
        and reissues.old_number is null
        and reissues.new_number is null
        and reissues.new_expires_on is null
        and reissues.event is not null as is_not_kept,
        {{ normalised_number('reissues.old_number') }} as number_before,
        {{ normalised_number('reissues.new_number') }} as number_after,
        -- The term in force before: what the last reissue before it printed, else the certificate's own.
        coalesce(before.new_expires_on, reissues.expires_on) as expires_before,
        reissues.new_expires_on as expires_after
    from reissues
    left join keeping on reissues.body_id = keeping.body_id
    left join reissues as before
        on reissues.certificate_id = before.certificate_id
        and before.new_expires_on is not null
        and reissues.printed_no - case when reissues.new_expires_on is null then 0 else 1 end = before.printed_no
),

compared as (
    select
        *,
        {{ number_kept('number_before', 'number_after') }} as number_state
    from (
        select * from certificates
        union all
        select * from events
    ) as subjects
),

judged as (
    select
        *,
        case
            when is_unsure then 'undetermined'
            when is_not_kept then 'not_applicable'
            when number_state = 'changed' then 'breach'
            when expires_after <> expires_before then 'breach'
            when number_state = 'unknown' or expires_after is null or expires_before is null then 'undetermined'
            when number_state = 'strange' then 'warning'
            else 'pass'
        end as state
    from compared
)

{{ judgement(
    'judged',
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'event_id', 'org_id'],
    abroad='is_abroad',
    exempt='is_not_kept',
    found=say('换证前编号 {number_before}、有效期至 {expires_before}；换证后编号 {number_after}、有效期至 {expires_after}'),
    evidence=['number_before', 'number_after', 'expires_before', 'expires_after']
) }}
