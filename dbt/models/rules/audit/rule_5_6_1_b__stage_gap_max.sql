-- 5.6.1 Stage 2 begins within six months of the end of stage 1; while it has not begun, the sixth month is a warning.
with second_stages_begun as (
    select distinct application_id
    from {{ ref('stg_audit') }}
    where audit_type = 'stage2'
        and actual_start <= {{ as_of() }}
        and application_id is not null
        and {{ list_has('systems', 'ITSMS') }}
),

refusals as (
    select distinct application_id
    from {{ ref('int_decision__itsms') }}
    where kind = 'refuse'
        and decided_on <= {{ as_of() }}
        and application_id is not null
),

judged as (
    select
        pairs.application_id as subject_id,
        pairs.body_id,
        case when pairs.stage2_audit_id is null then {{ as_of() }} else pairs.stage2_actual_start end as anchor_on,
        pairs.stage1_audit_id,
        pairs.stage2_audit_id,
        pairs.stage1_actual_end,
        pairs.stage2_actual_start as observed_on,
        {{ add_months('pairs.stage1_actual_end', parameter('stage_gap_max_months', on='pairs.stage1_actual_end')) }} as latest_on,
        {{ add_months('pairs.stage1_actual_end', parameter('stage_gap_warning_months', on='pairs.stage1_actual_end')) }} as warned_on
    from {{ ref('int_application__gap_pair') }} as pairs
    left join second_stages_begun on pairs.application_id = second_stages_begun.application_id
    left join refusals on pairs.application_id = refusals.application_id
    where pairs.stage2_audit_id is not null
        or (
            second_stages_begun.application_id is null
            and refusals.application_id is null
            and not (
                coalesce(pairs.review_result, '') = 'rejected'
                and coalesce(pairs.reviewed_on, {{ as_of() }}) <= {{ as_of() }}
            )
        )
),

stated as (
    select
        *,
        case
            when stage1_audit_id is null then 'not_applicable'
            when stage2_audit_id is null and warned_on <= {{ as_of() }} then 'warning'
            when observed_on > latest_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found="'第一阶段结束于 ' || " ~ shown('stage1_actual_end') ~ " || '，第二阶段开始于 ' || " ~ shown('observed_on') ~ " || '，最晚应为 ' || " ~ shown('latest_on'),
    evidence=['stage1_audit_id', 'stage2_audit_id', 'stage1_actual_end', 'observed_on', 'latest_on']
) }}
