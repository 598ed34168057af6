{#
    9.3 What is left of a printed query channel when CNCA's channels, words that say nothing of whose it is, punctuation and
    blanks are taken out: '' where the channel is CNCA's alone. The order is that of the catalogue, HTTPS before HTTP.
#}
{% macro own_query_channel(channel) -%}
    {%- set authority = [
        '国家认证认可监督管理委员会', '国家认监委', '认监委', 'CNCA', '全国认证认可信息公共服务平台',
        '认证认可信息公共服务平台', '认E云', '认证云',
    ] -%}
    {%- set words = [
        '官方', '官网', '网站', '网址', '平台', '系统', '公众号', '小程序', 'APP', '微信', '查询', '路径', '途径', '方式', '可在',
        '登录', '通过', '及', '和', '或', 'HTTPS', 'HTTP', 'WWW',
    ] -%}
    {{ adapter.dispatch('own_query_channel', 'certhouse')(channel, authority, words) }}
{%- endmacro %}

{% macro default__own_query_channel(channel, authority, words) -%}
    {{ exceptions.raise_compiler_error("own_query_channel: not written for this engine") }}
{%- endmacro %}

{# URLs and host names under cnca.gov.cn or cx.cnca.cn go first: a name inside one of them is no name of its own. #}
{% macro duckdb__own_query_channel(channel, authority, words) -%}
    {%- set host = '(HTTPS?://)?([A-Z0-9_-]+[.])*(CNCA[.]GOV[.]CN|CX[.]CNCA[.]CN)(:[0-9]+)?(/[A-Z0-9_./?&=%#~+:-]*)?' -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace({{ half_width('upper(' ~ channel ~ ')') }}, '{{ host }}', '', 'g'),
                '{{ authority | join("|") }}', '', 'g'
            ),
            '{{ words | join("|") }}', '', 'g'
        ),
        '[\s\p{Z}\p{P}\p{S}\p{C}]', '', 'g'
    )
{%- endmacro %}

{# Full-width letters, digits and marks as half-width ones, a full-width blank as a blank. #}
{% macro half_width(value) -%}
    {%- set full = namespace(text='') -%}
    {%- set half = namespace(text='') -%}
    {%- for code in range(33, 127) -%}
        {%- set full.text = full.text ~ ('%c' % (code + 65248)) -%}
        {%- set character = '%c' % code -%}
        {%- set half.text = half.text ~ ("''" if character == "'" else character) -%}
    {%- endfor -%}
    translate({{ value }}, '{{ full.text }}　', '{{ half.text }} ')
{%- endmacro %}
