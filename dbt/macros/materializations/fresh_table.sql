{#
    A table of a new file: created under its own name, at once. On other engines dbt_project.yml asks for a plain table.

    The adapter's own materialization builds beside an existing table and swaps the two by renaming: several
    statements and macro contexts per model, and readers who need it. Here a run always builds a new file that
    nobody reads before it is published, so there is nothing to swap. A table that is there all the same (a
    developer's second build into one file) is dropped first.
#}
{% materialization fresh_table, adapter='duckdb' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- if existing is not none -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement('main') -%}
        {{- create_table_as(False, target, compiled_code) }}
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target, model) %}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target]}) }}
{% endmaterialization %}
