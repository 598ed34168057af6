{#
    Three-valued conditions (rules.yaml, "tolerant landing"): true, false, or NULL where a cell that could not be read decides.

    unless_unreadable(condition, columns, relation)
        The condition; where it is not true or false although no cell was unreadable, it is false: an ordinary NULL makes no
        subject. NULL where one of `columns` (of the staging alias `relation`) could not be read.
    in_population(condition)
        To be used in `where`: rows that meet the condition, and rows that might. A row that only might is undetermined.
#}
{% macro unless_unreadable(condition, columns, relation=none) -%}
    (case
        when {% for column in columns %}{{ is_unreadable(column, relation) }}{{ ' or ' if not loop.last }}{% endfor %} then null
        else coalesce({{ condition }}, false)
    end)
{%- endmacro %}

{% macro in_population(condition) -%}
    coalesce({{ condition }}, true)
{%- endmacro %}
