"""Lists of codes joined by ';'. Other separators that cannot stand in a code are read as one, and so are blanks and 和
between codes of one form; order is kept, empty and repeated values are left out."""

import re

from ingestion import sql
from ingestion.cells.blanks import EDGE, clean_repairs, clean_steps, is_error, is_nested, is_null_word, trim
from ingestion.cells.forms import restored
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.cells.texts import replace_alias
from ingestion.contract import Column

_SEPARATORS = ";,、|/"
_CODE = f"[^{EDGE};,、|/！-～]+"

#: Between codes of these forms more can be told to be a separator than between any two texts.
_FORMS = {"scope_code": r"\d{1,2}\.\d{1,2}", "system_code": r"(?:[A-Za-z]{1,6}(?:MS|ms)|HACCP)"}
_JOINED = r"\s*[;,、|/+&和与及\s]\s*"
#: A list as JSON, Python and PostgreSQL write it: brackets around it, quotes around its items.
_NOTATION = r"""(?s)\[[^\[\]{}:]*\]|\{[^\[\]{}:]*\}"""


def reading(column: Column, dialect: Dialect) -> Reading:
    x, c, items, v = sql.name(column.name), *(step(column, name) for name in ("c", "items", "v"))
    parts, named_parts, kept = (step(column, name) for name in ("parts", "named", "kept"))
    words = "|".join(re.escape(word) for word in sorted(set(dialect.aliases.values()))) or canonical_item(
        column
    )
    repeated = f"(contains({x}, ';') and list_unique(string_split({x}, ';')) < len(string_split({x}, ';')))"
    item = f"({trim('i')})"
    named = replace_alias(item, dialect) if dialect.aliases else item
    whole = restored(column.format, f"({named})")
    formula = f"coalesce(starts_with({c}, '='), false)"
    return Reading(
        canonical=(
            f"regexp_full_match({x}, '({words})(;({words}))*') and not {is_null_word(x, column)} and not {repeated}"
            f" and not regexp_matches({x}, '^[#=\\[{{]')"
        ),
        cast=x,
        steps=(
            *clean_steps(column, dialect),
            ("one", _joined(column, replace_alias(c, dialect) if dialect.aliases else c)),
            ("parts", f"string_split_regex({step(column, 'one')}, '[{_SEPARATORS}\\r\\n]')"),
            ("named", f"list_transform({parts}, lambda i: {named})"),
            ("items", f"list_filter(list_transform({parts}, lambda i: {whole}), lambda i: i <> '')"),
            ("kept", f"list_filter({items}, lambda i, n: list_position({items}, i) = n)"),
            (
                "v",
                f"case when not ({formula} or {is_error(c)} or {is_nested(c)}) "
                f"then nullif(array_to_string({kept}, ';'), '') end",
            ),
        ),
        value=v,
        problem=f"case when {formula} then 'formula_without_value' when {is_error(c)} then 'error_value' "
        f"when {is_nested(c)} then 'nested_value' end",
        repairs=(
            *clean_repairs(column),
            (
                "zeros_restored",
                f"list_transform({named_parts}, lambda i: {restored(column.format, '(i)')}) <> {named_parts}"
                if column.format
                else "false",
            ),
            ("list_form", f"coalesce({v}, '') <> {c}"),
        ),
    )


def _joined(column: Column, x: str) -> str:
    """The list with one of the common separators between its items, and without the marks of a notation."""
    bare = (
        f"case when regexp_matches({x}, '^[\\[{{]') and regexp_full_match({x}, {sql.text(_NOTATION)}) "
        f"then regexp_replace({x}, '^[\\[{{]|[\\]}}]$|[\"'']', '', 'g') else {x} end"
    )
    form = _FORMS.get(column.format or "")
    if form is None:
        return bare
    return (
        f"case when regexp_full_match({bare}, '{form}(?:{_JOINED}{form})+') "
        f"then regexp_replace({bare}, '{_JOINED}', ';', 'g') else {bare} end"
    )


def canonical_item(column: Column) -> str:
    """What an item looks like that needs no second look."""
    return {"scope_code": r"\d\d\.\d\d", "system_code": "[A-Z][A-Z0-9]*"}.get(column.format or "", _CODE)
