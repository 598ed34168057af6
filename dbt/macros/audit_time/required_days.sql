{#
    half(base(persons) x f x share) of clause 5.4.2.3 and Annex B: person-days rounded to the nearest half
    day, ties up, in whole-number arithmetic throughout.

    persons      number of effective persons; NULL gives NULL
    reasons      reduction reasons: f is 1 when all are blank, else 1 less the permitted reduction
    numerator, denominator   the share of the initial time (1 / 3 for a surveillance)
#}
{% macro required_days(persons, reasons, numerator, denominator, on=none) -%}
    (0.5 * {{ whole_quotient(
        '4 * ' ~ base_days_tenths(persons, on) ~ ' * ' ~ permitted_percent(reasons, on) ~ ' * ' ~ numerator ~ ' + 1000 * ' ~ denominator,
        '2000 * ' ~ denominator
    ) }})
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
