{#
    A deadline whose deed is an accepted report. What may have been accepted (int_report__accepted: unsure_on, has_unsure_day)
    decides only where it could change the outcome: a report in time stays in time, and one that came late at best stays late.
#}
{% macro report_state(due, reported, horizon_days, unsure_on='unsure_on', has_unsure_day='has_unsure_day') -%}
    {%- set stated = deadline_state(due, reported, horizon_days) -%}
    {%- set stated_with = deadline_state(due, 'least(' ~ reported ~ ', ' ~ unsure_on ~ ')', horizon_days) -%}
    case
        when {{ due }} is null then 'undetermined'
        when {{ reported }} <= {{ due }} then 'pass'
        when coalesce({{ has_unsure_day }}, false)
            then case when {{ add_days(due, '-' ~ horizon_days) }} > {{ as_of() }} then 'pass' else 'undetermined' end
        when {{ unsure_on }} is not null and ({{ stated }}) <> ({{ stated_with }}) then 'undetermined'
        else {{ stated }}
    end
{%- endmacro %}
