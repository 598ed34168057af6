{#
    The grain of a table: no two rows share the key, and no part of it is NULL (but for `optional` parts). One query
    where unique and not_null would be two: a dbt test costs more than the scan that it makes.
    On a column, or on a model with `columns`.
#}
{% test grain(model, column_name=none, columns=none, optional=[]) %}
{%- set key = columns or [column_name] %}
select {{ key | join(', ') }}
from {{ model }}
group by {{ key | join(', ') }}
having count(*) > 1
{%- for column in key if column not in optional %}
    or {{ column }} is null
{%- endfor %}
{% endtest %}
