{#
    6.2.6 (3), 11.1 The edition (four digits of the year) of ISO/IEC 20000-1 that a certificate prints, NULL where it prints none.
    Upper case, half width, every dash as '-', without blanks.
#}
{% macro printed_standard(standard) -%}
    {{ extracted(
        "translate(" ~ without_blanks(half_width('upper(' ~ standard ~ ')')) ~ ", '‐‑‒–—―−－﹣', '---------')",
        'ISO/IEC20000-1:([0-9]{4})',
        1
    ) }}
{%- endmacro %}
