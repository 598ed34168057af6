{#
    Lays each row's onsite_days on its calendar days: at most 1.0 a day from onsite_start on until used up,
    what does not fit goes on the last day (3.9). The relation has onsite_start, onsite_end, onsite_days;
    a span that ends before it starts is its first day. Rows with no days give no row.
#}
{% macro day_loads(relation, columns) -%}
select
    {{ columns | join(', ') }},
    {{ add_days('onsite_start', 'day_no') }} as day_on,
    cast(
        case when day_no = last_day_no then onsite_days - day_no else least(1, onsite_days - day_no) end
        as decimal(18, 6)
    ) as load_days
from (
    select
        {{ columns | join(', ') }},
        onsite_start,
        onsite_days,
        last_day_no,
        {{ explode_count('least(last_day_no + 1, cast(ceil(onsite_days) as bigint))') }} as day_no
    from (
        select
            *,
            greatest({{ days_between('onsite_start', 'onsite_end') }}, 0) as last_day_no
        from {{ relation }}
        where onsite_days > 0
    ) as spans
) as days
{%- endmacro %}
