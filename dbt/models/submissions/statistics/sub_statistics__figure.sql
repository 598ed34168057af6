-- Every figure of the statistical files: what is counted (topic, measure), of what (item), in which period.
{% for part in ['certificate', 'audit', 'conduct', 'staff'] -%}
select
    body_id,
    period,
    topic,
    item,
    measure,
    value
from {{ ref('sub_statistics__' ~ part) }}
{{ 'union all' if not loop.last }}
{% endfor %}
