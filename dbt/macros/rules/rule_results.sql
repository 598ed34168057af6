{#
    Union of rule models into results: what is common to all rules is done here and nowhere else.

    - rules of profiles that are not switched on are left out
    - a row of which nobody knows whether it is a subject (a cell that could not be read) is undetermined
    - a client abroad, and what a rule exempts ("kept", "cut-over"), is not applicable before anything else is looked at
    - an anchor before the profile's effective date is not applicable; a NULL anchor is undetermined;
      an anchor later than as_of makes no subject, unless the rule's anchor is a term (due day, plan)
    - a rule that reads a table or column that was not delivered decides nothing: undetermined
    - subjects that pass or are not applicable collapse into one counted row per body and month,
      findings stay one row each: findings and the counts of all five states come out of a single pass over each rule

    - what is counted is counted by the month of its anchor; an anchor that is still to come (a term) counts in
      the month of as_of; no month: the anchor is unknown, or from before the rule was in force

    Columns: rule_id, profile, body_id, subject_id, state, month (its first day), anchor_on
    the keys of subject_keys(), due_on, observed_on, measured, limit_value, found, evidence,
    is_delivered, subjects (how many subjects the row stands for). All but the counts are NULL on counted rows.
#}
{% macro rule_results(rules) -%}
    {%- set profiles = var('profiles').replace(' ', '').split(',') -%}
    {%- set relations = {} -%}
    {%- for rule in rules -%}{%- do relations.update({rule: ref(rule)}) -%}{%- endfor -%}
    {%- set profile_seed = ref('profile') -%}
    {%- set delivered = source('raw', 'delivered') -%}
    {%- set enabled = [] -%}
    {%- if execute -%}
        {%- set missing = [] -%}
        {%- for row in run_query('select table_name, column_name from ' ~ delivered ~ ' where not is_delivered') -%}
            {%- do missing.append(row[0] ~ '.' ~ row[1]) -%}
        {%- endfor -%}
        {%- set in_force_from = {} -%}
        {%- for row in run_query('select profile, cast(effective_from as ' ~ dbt.type_string() ~ ') from ' ~ profile_seed) -%}
            {%- do in_force_from.update({row[0]: row[1]}) -%}
        {%- endfor -%}
        {%- for rule in rules -%}
            {%- set meta = graph.nodes['model.certhouse.' ~ rule].config.meta.rule -%}
            {%- if meta.profile in profiles -%}
                {%- do enabled.append({'relation': relations[rule], 'meta': meta, 'from': in_force_from[meta.profile],
                    'delivered': 'false' if meta.reads | select('in', missing) | list else 'true'}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if enabled %}
select
    rule_id,
    profile,
    body_id,
    case when is_finding then subject_id end as subject_id,
    state,
    min(month) as month,
    bool_and(is_delivered) as is_delivered,
    -- One row each where is_finding: max picks its value, and the same one on every engine and in every run.
    {%- for column in ['anchor_on'] + subject_keys() + ['due_on', 'observed_on', 'measured', 'limit_value', 'found', 'evidence'] %}
    max(case when is_finding then {{ column }} end) as {{ column }},
    {%- endfor %}
    count(*) as subjects
from (
    select
        *,
        state in ('warning', 'breach', 'undetermined') as is_finding
    from (
        select
            rule_id,
            profile,
            body_id,
            subject_id,
            anchor_on,
            is_delivered,
            case
                when is_in_question then 'undetermined'
                when is_exempt or (is_abroad and profile = 'cnca') then 'not_applicable'
                when anchor_on is null then 'undetermined'
                when anchor_on < in_force_from then 'not_applicable'
                when not is_delivered and state <> 'not_applicable' then 'undetermined'
                else state
            end as state,
            case when anchor_on >= in_force_from then {{ month_start('least(anchor_on, ' ~ as_of() ~ ')') }} end as month,
            -- Without a day from which the rule is in force there is no day on which it is due, nor for a client abroad.
            case when anchor_on >= in_force_from and not (is_in_question and is_abroad and profile = 'cnca') then due_on end as due_on,
            {%- for column in subject_keys() + ['observed_on', 'measured', 'limit_value', 'found', 'evidence'] %}
            {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        from (
            -- Short on purpose: dbt reads the text of every statement word by word.
            {%- for rule in enabled %}
            select '{{ rule.meta.id }}' as rule_id, '{{ rule.meta.profile }}' as profile, cast('{{ rule.from }}' as date) as in_force_from, {{ 'true' if rule.meta.anchor_kind == 'term' else 'false' }} as is_term, {{ rule.delivered }} as is_delivered, * from {{ rule.relation }}
            {{- ' union all' if not loop.last }}
            {%- endfor %}
        ) as subjects
        where is_term
            or anchor_on is null
            or anchor_on <= {{ as_of() }}
    ) as stated
) as judged
group by rule_id, profile, body_id, case when is_finding then subject_id end, state, case when not is_finding then month end
    {%- else %}
select
    cast(null as {{ dbt.type_string() }}) as rule_id,
    cast(null as {{ dbt.type_string() }}) as profile,
    cast(null as {{ dbt.type_string() }}) as body_id,
    cast(null as {{ dbt.type_string() }}) as subject_id,
    cast(null as {{ dbt.type_string() }}) as state,
    cast(null as date) as month,
    cast(null as boolean) as is_delivered,
    cast(null as date) as anchor_on,
    {%- for key in subject_keys() %}
    cast(null as {{ dbt.type_string() }}) as {{ key }},
    {%- endfor %}
    cast(null as date) as due_on,
    cast(null as date) as observed_on,
    cast(null as decimal(28, 10)) as measured,
    cast(null as decimal(28, 10)) as limit_value,
    cast(null as {{ dbt.type_string() }}) as found,
    cast(null as {{ dbt.type_string() }}) as evidence,
    cast(0 as bigint) as subjects
where 1 = 0
    {%- endif %}
{%- endmacro %}
