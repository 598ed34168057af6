{# 10.2 The kinds of record of a certification file, in the order of the clause, with what people call them. #}
{% macro record_kinds() -%}
    {%- set words = terms('record_kind') -%}
    {%- set kinds = {} -%}
    {%- for kind in [
        'application_form', 'application_review', 'contract', 'audit_programme', 'audit_time_basis', 'audit_plan',
        'sign_in_sheet', 'onsite_record', 'nc_report', 'audit_report', 'decision_record',
    ] -%}
        {%- do kinds.update({kind: words.get(kind, kind)}) -%}
    {%- endfor -%}
    {{ return(kinds) }}
{%- endmacro %}
