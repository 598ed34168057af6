{# 3.10 Certificates against auditors, compared as integers: no ratio is rounded before the limit. No auditor and a certificate is a breach. #}
{% macro capacity_state(certificates, auditors) -%}
    case
        when {{ certificates }} > {{ parameter('certificates_per_auditor_max') }} * {{ auditors }} then 'breach'
        when {{ certificates }} > {{ parameter('certificates_per_auditor_warning') }} * {{ auditors }} then 'warning'
        else 'pass'
    end
{%- endmacro %}

{# 3.10 '相匹配': ITSMS certificates against ITSMS auditors, an indicator beside the limit over all management systems. #}
{% macro capacity_indicator(certificates, auditors) -%}
    case
        when {{ certificates }} > {{ parameter('certificates_per_auditor_max') }} * {{ auditors }} then 'warning'
        else 'pass'
    end
{%- endmacro %}

{# 3.6 Full-time ITSMS auditors against the least number that a body keeps. #}
{% macro full_time_state(full_time_auditors) -%}
    case
        when {{ full_time_auditors }} < {{ parameter('auditor_full_time_min') }} then 'breach'
        when {{ full_time_auditors }}
            < {{ parameter('auditor_full_time_min') }} + {{ parameter('auditor_full_time_warning_margin') }} then 'warning'
        else 'pass'
    end
{%- endmacro %}

{# What holds whichever way the open cells turn out: the state if both extremes agree. #}
{% macro agreed_state(one, other) -%}
    case when ({{ one }}) = ({{ other }}) then {{ one }} else 'undetermined' end
{%- endmacro %}
