{#
    Last select of every rule file: the columns that all rules share, with the ones that this rule does
    not have as typed NULLs. `relation` holds subject_id, body_id, anchor_on, state and whichever of
    due_on, observed_on, measured, limit_value are named in `has`.

    keys      columns of the relation that say what the subject is, typed: any of subject_keys(). Nothing may take
              subject_id apart again.
    abroad    boolean expression: the client is abroad, where the rule's text does not apply (1.3): not applicable. In
              profile cnca every rule on a client's records says it, but those of 3.6, 3.9 and 3.10.
    exempt    boolean expression: not applicable before anything else is looked at ("kept", "cut-over").
    member    boolean expression: whether the row is a subject at all; NULL where a cell that could not be read decides. Such
              a row is undetermined, whatever else holds.
    found     SQL text expression in Chinese: what was found, said for findings only; see say()
    evidence  columns of the relation that the judgement rests on (keys and values, never personal data)

    `certhouse explain` asks the same SQL for every column of the relation: the statement ends with it.
#}
{% macro judgement(relation, has=[], keys=[], abroad=none, exempt=none, member=none, found=none, evidence=[]) -%}
    {%- set types = {'due_on': 'date', 'observed_on': 'date', 'measured': 'decimal(28, 10)', 'limit_value': 'decimal(28, 10)'} -%}
    {%- set is_finding = "(state in ('warning', 'breach', 'undetermined')" ~ (' or (' ~ member ~ ') is null' if member else '') ~ ")" -%}
    {%- if member and found is not none -%}
        {%- set found = "case when (" ~ member ~ ") is null then '决定本条是否适用的内容未填写或无法识别' else " ~ found ~ ' end' -%}
    {%- endif -%}
    {%- for key in keys if key not in subject_keys() -%}
        {{ exceptions.raise_compiler_error("No key of a subject: " ~ key ~ ". Known: " ~ subject_keys() | join(', ')) }}
    {%- endfor -%}
select
    cast(subject_id as {{ dbt.type_string() }}) as subject_id,
    cast(body_id as {{ dbt.type_string() }}) as body_id,
    cast(anchor_on as date) as anchor_on,
    state,
    {{ 'coalesce(' ~ abroad ~ ', false)' if abroad else 'false' }} as is_abroad,
    {{ 'coalesce(' ~ exempt ~ ', false)' if exempt else 'false' }} as is_exempt,
    {{ '(' ~ member ~ ') is null' if member else 'false' }} as is_in_question,
    {%- for key in subject_keys() %}
    cast({{ key if key in keys else 'null' }} as {{ dbt.type_string() }}) as {{ key }},
    {%- endfor %}
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
from {{ relation }}
{%- endmacro %}

{# What a subject can be, or belong to: one typed column each in rule_results and in fct_rule_finding. #}
{% macro subject_keys() -%}
    {{ return([
        'application_id', 'audit_id', 'certificate_id', 'decision_id', 'nc_id', 'event_id', 'complaint_id', 'record_id',
        'person_id', 'org_id', 'site_id', 'scope_code', 'clause_no', 'recipient', 'period',
    ]) }}
{%- endmacro %}
