{#
    A deadline: late or (not done and past due) is a breach; not done within the horizon is a warning.
    Equality is on time: done on the due day passes, as_of on the due day is still a warning. A `done`
    later than as_of has not happened. An unknown due day decides nothing: undetermined.

    done_unknown  boolean expression: the day of `done` could not be read. Then it may have been done in time, late or not
                  at all, which makes no difference only before the horizon.
#}
{% macro deadline_state(due, done, horizon_days, done_unknown=none) -%}
    case
        when {{ due }} is null then 'undetermined'
        {%- if done_unknown %}
        when {{ done_unknown }} and {{ done }} is null
            then case when {{ add_days(due, '-' ~ horizon_days) }} > {{ as_of() }} then 'pass' else 'undetermined' end
        {%- endif %}
        when {{ happened(done) }} > {{ due }} then 'breach'
        when {{ happened(done) }} is not null then 'pass'
        when {{ as_of() }} > {{ due }} then 'breach'
        when {{ add_days(due, '-' ~ horizon_days) }} <= {{ as_of() }} then 'warning'
        else 'pass'
    end
{%- endmacro %}
