-- 9.4 Suspension, revocation and cancellation are made public by the day they are to be reported.
with judged as (
    select
        event_id as subject_id,
        body_id,
        effective_on as anchor_on,
        certificate_id,
        event,
        effective_on,
        due_on as latest_on,
        {{ happened('published_on') }} as observed_on
    from {{ ref('int_report__status_change_due') }}
    where event <> 'restored'
),

stated as (
    select
        *,
        case
            when observed_on is not null then 'pass'
            when latest_on is null then 'undetermined'
            when {{ as_of() }} > latest_on then 'warning'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found=event_label('event') ~ " || '生效于 ' || " ~ shown('effective_on') ~ " || '，公开日 ' || " ~ shown('observed_on') ~ " || '，应不晚于 ' || " ~ shown('latest_on'),
    evidence=['certificate_id', 'event', 'effective_on', 'latest_on']
) }}
