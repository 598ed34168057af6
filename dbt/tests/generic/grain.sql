{#
    The grain of a table: no two rows share the key. A key of one column is never NULL; a part of a longer one may be unknown,
    where a cell of the source could not be read: such rows stay, and are published. One query where unique and not_null
    would be two: a dbt test costs more than the scan that it makes. On a column, or on a model with `columns`.
#}
{% test grain(model, column_name=none, columns=none) %}
{%- set key = columns or [column_name] %}
select {{ key | join(', ') }}
from {{ model }}
group by {{ key | join(', ') }}
having count(*) > 1
{%- if key | length == 1 %}
    or {{ key[0] }} is null
{%- endif %}
{% endtest %}
