{#
    Last select of every rule file: the columns that all rules share, with the ones that this rule does
    not have as typed NULLs. `relation` holds subject_id, body_id, anchor_on, state and whichever of
    due_on, observed_on, measured, limit_value are named in `has`.

    found     SQL text expression in Chinese: what was found, said for findings only
    evidence  columns of the relation that the judgement rests on (keys and values, never personal data)
#}
{#
    The mark behind the relation lets `certhouse explain` ask the same SQL for every column of one subject.
#}
{% macro judgement(relation, has=[], found=none, evidence=[]) -%}
    {%- set types = {'due_on': 'date', 'observed_on': 'date', 'measured': 'decimal(28, 10)', 'limit_value': 'decimal(28, 10)'} -%}
    {%- set is_finding = "state in ('warning', 'breach', 'undetermined')" -%}
select
    cast(subject_id as {{ dbt.type_string() }}) as subject_id,
    cast(body_id as {{ dbt.type_string() }}) as body_id,
    cast(anchor_on as date) as anchor_on,
    state,
    {%- for column, type in types.items() %}
    cast({{ column if column in has else 'null' }} as {{ type }}) as {{ column }},
    {%- endfor %}
    {%- if found is none and 'due_on' in has %}
    case when {{ is_finding }} then '期限 ' || {{ shown('due_on') }} || '，'
        || {% if 'observed_on' in has %}case when observed_on is null then '截至 ' || cast({{ as_of() }} as {{ dbt.type_string() }}) || ' 未完成'
            else '完成于 ' || cast(observed_on as {{ dbt.type_string() }}) end{% else %}''{% endif %} end as found,
    {%- else %}
    case when {{ is_finding }} then {{ found if found is not none else 'cast(null as ' ~ dbt.type_string() ~ ')' }} end as found,
    {%- endif %}
    case when {{ is_finding }} then {{ json_of(evidence) if evidence else 'cast(null as ' ~ dbt.type_string() ~ ')' }} end as evidence
from {{ relation }} /* judged */
{%- endmacro %}
