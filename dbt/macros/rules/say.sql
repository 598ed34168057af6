{#
    A sentence of a rule as an SQL text expression: a template over columns and parameters, so that a changed law changes
    the words with the judgement.

        say('有效人数 {headcount}，合计 {total_days:number} 人日，要求不少于 {required:number} 人日')
        say('暂停超过 {parameter:suspension_months_max} 个月')
        say('{what}生效于 {effective_on}', what=term('certificate_event', 'event'))

    {column}             the column's value, or 未记录
    {column:number}      a decimal as people write it, without trailing zeros
    {parameter:name}     the value in force on as_of; {parameter:name:percent} as a percentage; see value_in_words
    {parameter:name@day} the value in force on the day in that column, for rules that judge by it (parameter's `on`)
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
                {%- set name, _, on = words[1].partition('@') -%}
                {%- do parts.append(parameter_said(name, words[2] if words | length > 2 else none, on or none)) -%}
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

{# A parameter's value in force on as_of, in words; forms as in value_in_words. #}
{% macro parameter_in_words(name, form=none) -%}
    {%- set value = parameter(name) | trim | replace("'", '') -%}
    {%- set words = value_in_words(value, form) -%}
    {%- if words is none and execute -%}
        {{ exceptions.raise_compiler_error("Parameter " ~ name ~ " has no form " ~ form ~ ": " ~ value) }}
    {%- endif -%}
    {{ return(words) }}
{%- endmacro %}

{# A parameter in words as an SQL text expression: a literal, or by the day `on` where the value has changed. #}
{% macro parameter_said(name, form=none, on=none) -%}
    {%- set values = parameter_values(ref('parameter'), name) if execute and on is not none else [] -%}
    {%- if values | length < 2 -%}
        {{ return("'" ~ parameter_in_words(name, form) ~ "'") }}
    {%- endif -%}
    {%- set said = namespace(cases='') -%}
    {%- for row in values[1:] | reverse -%}
        {%- set words = value_in_words(row.literal | replace("'", ''), form) -%}
        {%- set said.cases = said.cases ~ " when " ~ on ~ " >= cast('" ~ row.effective_from ~ "' as date) then '" ~ words ~ "'" -%}
    {%- endfor -%}
    {{ return("(case" ~ said.cases ~ " else '" ~ value_in_words(values[0].literal | replace("'", ''), form) ~ "' end)") }}
{%- endmacro %}

{# How values of parameters can be said: the forms of value_in_words that have a name. #}
{% macro forms_of_a_value() -%}{{ return(['percent', 'years', 'next', 'month_day']) }}{%- endmacro %}

{#
    A value as people write it, none where it has not that form: the one place where numbers of the law become words.

    no form      12.0 is 12, a list has 、 between, and other text stays as it is
    percent      0.8 is 80%
    years        of months: 36 is 3 年, 10 is 10 个月
    next         the first number above it: 30 is 31
    month_day    03-31 is 3 月 31 日
#}
{% macro value_in_words(value, form=none) -%}
    {%- set is_number = modules.re.match('^-?[0-9]+([.][0-9]+)?$', value) -%}
    {%- if form == 'month_day' -%}
        {%- set parts = value.split('-') -%}
        {%- set is_day = modules.re.match('^[0-9][0-9]-[0-9][0-9]$', value) -%}
        {{ return((parts[0] | int) ~ ' 月 ' ~ (parts[1] | int) ~ ' 日' if is_day else none) }}
    {%- elif not is_number -%}
        {{ return(value | replace(';', '、') if form is none else none) }}
    {%- elif form is none -%}
        {{ return(modules.re.sub('[.]?0+$', '', value) if '.' in value else value) }}
    {%- elif form == 'percent' -%}
        {{ return(modules.re.sub('[.]?0+$', '', '%.6f' % (value | float * 100)) ~ '%') }}
    {%- elif '.' in value -%}
        {{ return(none) }}
    {%- elif form == 'years' -%}
        {%- set months = value | int -%}
        {{ return((months // 12) ~ ' 年' if months and months % 12 == 0 else months ~ ' 个月') }}
    {%- elif form == 'next' -%}
        {{ return((value | int + 1) | string) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{# A text of the catalogue with its {parameter} and {parameter:form} filled in; `names`: the rule's own parameters. #}
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
