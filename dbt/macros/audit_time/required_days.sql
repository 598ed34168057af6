{#
    The floor x = base(persons) x f x k x share of clause 5.4.2.3 and Annex B, in whole numbers throughout: floor_parts(...)
    is x in parts of floor_unit(denominator) to the person-day.

    persons      number of effective persons; NULL gives NULL
    reasons      reduction reasons: f is 1 when all are blank, else 1 less the permitted reduction
    numerator, denominator   the share of the initial time (1 / 3 for a surveillance)
    combined     boolean: the audit holds other systems too, of which ITSMS takes its part (k, 5.4.2.4)
#}
{% macro floor_parts(persons, reasons, numerator, combined='false', on=none) -%}
    ({{ base_days_tenths(persons, on) }} * {{ permitted_percent(reasons, on) }} * {{ combined_percent(combined, on) }} * {{ numerator }})
{%- endmacro %}

{% macro floor_unit(denominator) -%}
    (10 * {{ whole_percent() }} * {{ whole_percent() }} * {{ denominator }})
{%- endmacro %}

{# half(x): person-days rounded to the nearest half day, ties up. #}
{% macro floor_in_half_days(parts, denominator) -%}
    (0.5 * {{ whole_quotient('4 * ' ~ parts ~ ' + ' ~ floor_unit(denominator), '2 * ' ~ floor_unit(denominator)) }})
{%- endmacro %}

{# x itself, for the eye. #}
{% macro floor_in_days(parts, denominator) -%}
    cast(cast({{ parts }} as decimal(28, 6)) / {{ floor_unit(denominator) }} as decimal(18, 4))
{%- endmacro %}

{# The floor test: less than half(x) is a breach; less than x itself, the rounding used up, a warning. #}
{% macro floor_state(days, parts, denominator) -%}
    case
        when {{ days }} is null or {{ parts }} is null then 'undetermined'
        when {{ days }} < {{ floor_in_half_days(parts, denominator) }} then 'breach'
        when {{ days }} * {{ floor_unit(denominator) }} < {{ parts }} then 'warning'
        else 'pass'
    end
{%- endmacro %}

{# k in percent: what ITSMS takes of its own time in a combined audit. #}
{% macro combined_percent(combined, on=none) -%}
    (case when {{ combined }} then cast({{ whole_percent() }} * {{ parameter('combined_share_min', on=on) }} as bigint) else {{ whole_percent() }} end)
{%- endmacro %}

{#
    half(base(persons) x f x share): person-days in whole-number arithmetic.
#}
{% macro required_days(persons, reasons, numerator, denominator, on=none) -%}
    {{ floor_in_half_days(floor_parts(persons, reasons, numerator, on=on), denominator) }}
{%- endmacro %}

{# f in percent: 100, less the permitted reduction where a reason for one is recorded. #}
{% macro permitted_percent(reasons, on=none) -%}
    ({{ whole_percent() }} - case when {% for reason in reasons %}{{ is_blank(reason) }}{{ ' and ' if not loop.last }}{% endfor %} then 0 else {{ parameter('audit_time_reduction_max_percent', on=on) }} end)
{%- endmacro %}

{# The denominator of shares that are recorded in percent. #}
{% macro whole_percent() -%}
    100
{%- endmacro %}

{# The share of the initial time that an audit of this type needs, in parts of initial_time_parts. #}
{% macro audit_type_parts(audit_type, on=none) -%}
    (case {{ audit_type }}
        when 'surveillance' then {{ parameter('surveillance_time_parts', on=on) }}
        when 'recertification' then {{ parameter('recertification_time_parts', on=on) }}
        else {{ parameter('initial_time_parts', on=on) }}
    end)
{%- endmacro %}

{# Person-days with room to be multiplied and summed: the widest recorded value must not overflow. #}
{% macro wide_days(days) -%}
    cast({{ days }} as decimal(28, 6))
{%- endmacro %}
