-- 10.2 At the decision the file holds every kind of record; the record of the decision itself may follow.
{% set kinds = record_kinds() -%}
with listed as (
    select
        application_id as subject_id,
        application_id,
        body_id,
        org_id,
        is_abroad,
        is_sure,
        case when not is_day_unknown then decided_on end as anchor_on,
        decided_on,
        ''
        {%- for kind, label in kinds.items() %}
        || case when lacks_{{ kind }} then '、{{ label }}' else '' end
        {%- endfor %} as missing,
        unknown_records,
        {%- for kind in kinds %}
        {{ '+ ' if not loop.first }}case when lacks_{{ kind }} then 1 else 0 end
        {%- endfor %} as holes,
        {%- for kind in kinds %}
        {{ 'or ' if not loop.first }}may_lack_{{ kind }}
        {%- endfor %} as may_lack_more
    from {{ ref('int_record__missing_at_decision') }}
),

judged as (
    select
        *,
        case
            when not is_sure then 'undetermined'
            when holes > unknown_records then 'breach'
            when holes > 0 or may_lack_more then 'undetermined'
            else 'pass'
        end as state
    from listed
)

{{ judgement(
    'judged',
    member="nullif(is_sure, false)",
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    found="case when missing <> '' then " ~ say('认证决定于 {decided_on}，缺少：{what}', what='substr(missing, 2)')
        ~ " else " ~ say('认证决定于 {decided_on}，有记录的种类、归档日或处置日未知') ~ " end",
    evidence=['decided_on', 'missing']
) }}
