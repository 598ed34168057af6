{#
    A sentence of a rule as an SQL text expression: a template over columns and parameters, so that a changed law changes
    the words with the judgement.

        say('有效人数 {headcount}，合计 {total_days:number} 人日，要求不少于 {required:number} 人日')
        say('暂停超过 {parameter:suspension_months_max} 个月')
        say('{what}生效于 {effective_on}', what=event_label('event'))

    {column}             the column's value, or 未记录
    {column:number}      a decimal as people write it, without trailing zeros
    {parameter:name}     the value in force on as_of; {parameter:name:percent} as a percentage
    {name}               where `name` is given by keyword: that SQL expression, as it stands
#}
{% macro say(template) -%}
    {%- set parts = [] -%}
    {%- set rest = namespace(text=template) -%}
    {%- for found in modules.re.findall('([^{}]*)(\\{[^{}]+\\})?', template) -%}
        {%- if found[0] -%}{%- do parts.append("'" ~ found[0] | replace("'", "''") ~ "'") -%}{%- endif -%}
        {%- if found[1] -%}
            {%- set words = found[1][1:-1].split(':') -%}
            {%- if words[0] == 'parameter' -%}
                {%- do parts.append("'" ~ parameter_in_words(words[1], words[2] if words | length > 2 else none) ~ "'") -%}
            {%- elif words[0] in kwargs -%}
                {%- do parts.append('(' ~ kwargs[words[0]] ~ ')') -%}
            {%- elif words | length > 1 and words[1] == 'number' -%}
                {%- do parts.append(shown_number(words[0])) -%}
            {%- elif words | length > 1 -%}
                {{ exceptions.raise_compiler_error("say: unknown form " ~ found[1]) }}
            {%- else -%}
                {%- do parts.append(shown(words[0])) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return('(' ~ parts | join(' || ') ~ ')') }}
{%- endmacro %}

{# A parameter's value in force on as_of, in words: 0.8 as percent is 80%, 12.0 is 12. #}
{% macro parameter_in_words(name, form=none) -%}
    {%- set literal = parameter(name) | trim | replace("'", '') -%}
    {%- if not modules.re.match('^-?[0-9]+([.][0-9]+)?$', literal) -%}
        {{ return(literal) }}
    {%- endif -%}
    {%- set value = modules.re.sub('([.][0-9]*?)0+$', '\\1', literal) if '.' in literal else literal -%}
    {%- if form == 'percent' -%}
        {%- set hundredfold = '%.6f' % (literal | float * 100) -%}
        {%- set value = modules.re.sub('[.]?0+$', '', hundredfold) -%}
        {{ return(value ~ '%') }}
    {%- elif form is not none -%}
        {{ exceptions.raise_compiler_error("Unknown form of parameter " ~ name ~ ": " ~ form) }}
    {%- endif -%}
    {{ return(modules.re.sub('[.]$', '', value)) }}
{%- endmacro %}

{# A text of the catalogue with its {parameter} and {parameter:percent} filled in; `names`: the rule's own parameters. #}
{% macro catalogue_words(text, names, rule_id) -%}
    {%- if text is none -%}{{ return(none) }}{%- endif -%}
    {%- set filled = namespace(text=text) -%}
    {%- for name, form in modules.re.findall('\\{(\\w+)(?::(\\w+))?\\}', text) -%}
        {%- if name not in names -%}
            {{ exceptions.raise_compiler_error(rule_id ~ " says {" ~ name ~ "}, which is none of its parameters") }}
        {%- endif -%}
        {%- set place = '{' ~ name ~ (':' ~ form if form else '') ~ '}' -%}
        {%- set filled.text = filled.text | replace(place, parameter_in_words(name, form if form else none)) -%}
    {%- endfor -%}
    {{ return(filled.text) }}
{%- endmacro %}
