{#
    Three-valued conditions (rules.yaml, "tolerant landing"): true, false, or NULL where a cell that nobody knows decides.

    unless_unreadable(condition, columns, relation)
        The condition; where an ordinary NULL leaves it open it is false: an ordinary NULL makes no subject and no breach.
        NULL where one of `columns` (of the staging alias `relation`) could not be read.
    unless_unknown(condition, columns, relation)
        The same of a record that is referred to: NULL too where it is a stub, or the reference itself is NULL.
    in_population(condition)
        To be used in `where`: rows that meet the condition, and rows that might: judgement(member=) says that they are
        undetermined.
    state_if(condition, state)
        `state` where the condition holds, pass where it does not, undetermined where nobody knows.
    not_kept(body_id, table, columns)
        "kept": the body fills none of the columns in any of its rows; what could not be read was filled.
#}
{% macro unless_unreadable(condition, columns, relation=none) -%}
    (case
        when {% for column in columns %}{{ is_unreadable(column, relation) }}{{ ' or ' if not loop.last }}{% endfor %} then null
        else coalesce({{ condition }}, false)
    end)
{%- endmacro %}

{% macro unless_unknown(condition, columns, relation) -%}
    (case
        when coalesce({{ relation }}.is_stub, true) {% for column in columns %}or {{ is_unreadable(column, relation) }} {% endfor %}then null
        else coalesce({{ condition }}, false)
    end)
{%- endmacro %}

{% macro in_population(condition) -%}
    coalesce({{ condition }}, true)
{%- endmacro %}

{% macro state_if(condition, state='breach') -%}
    case
        when {{ condition }} then '{{ state }}'
        when ({{ condition }}) is null then 'undetermined'
        else 'pass'
    end
{%- endmacro %}

{% macro not_kept(body_id, table, columns) -%}
    {{ body_id }} not in (
        select kept.body_id
        from {{ ref('stg_' ~ table) }} as kept
        where kept.body_id is not null
            and (
                {%- for column in columns %}
                kept.{{ column }} is not null or {{ is_unreadable(column, 'kept') }}{{ ' or' if not loop.last }}
                {%- endfor %}
            )
    )
{%- endmacro %}

{# A completed (held) ITSMS audit of one of these types, all five where none is named: a three-valued condition on int_audit. #}
{% macro is_completed_itsms(types=[], relation=none) -%}
    {%- set at = relation ~ '.' if relation else '' -%}
    ({{ at }}is_itsms and {{ at }}is_completed{% if types %} and {{ at }}audit_type in ('{{ types | join("', '") }}'){% endif %})
{%- endmacro %}

{% macro is_held_itsms(relation=none) -%}
    {%- set at = relation ~ '.' if relation else '' -%}
    ({{ at }}is_itsms and {{ at }}is_held)
{%- endmacro %}
