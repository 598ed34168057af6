"""Lists of codes joined by ';'. Other separators that cannot stand in a code are read as one; order is kept,
empty and repeated values are left out."""

import re

from ingestion import sql
from ingestion.cells.blanks import (
    EDGE,
    common_repairs,
    common_steps,
    is_null_word,
    trim,
    width_repair,
    without_invisible,
)
from ingestion.cells.forms import restored
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.cells.texts import replace_alias
from ingestion.contract import Column

_SEPARATORS = ";,、|/"
_CODE = f"[^{EDGE};,、|/！-～]+"


def reading(column: Column, dialect: Dialect) -> Reading:
    x, f, c = sql.name(column.name), step(column, "f"), step(column, "c")
    items, v = step(column, "items"), step(column, "v")
    words = "|".join(re.escape(word) for word in sorted(set(dialect.aliases.values()))) or canonical_item(
        column
    )
    repeated = f"(contains({x}, ';') and list_unique(string_split({x}, ';')) < len(string_split({x}, ';')))"
    item = f"({trim('i')})"
    named = replace_alias(item, dialect) if dialect.aliases else item
    whole = restored(column.format, f"({named})")
    return Reading(
        canonical=(
            f"regexp_full_match({x}, '({words})(;({words}))*') and not {is_null_word(x, column)} and not {repeated}"
        ),
        cast=x,
        steps=(
            *common_steps(column, dialect),
            ("c", without_invisible(f)),
            ("parts", f"string_split_regex({c}, '[{_SEPARATORS}\\r\\n]')"),
            ("named", f"list_transform({step(column, 'parts')}, lambda i: {named})"),
            (
                "items",
                f"list_filter(list_transform({step(column, 'parts')}, lambda i: {whole}), lambda i: i <> '')",
            ),
            ("kept", f"list_filter({items}, lambda i, n: list_position({items}, i) = n)"),
            ("v", f"nullif(array_to_string({step(column, 'kept')}, ';'), '')"),
        ),
        value=v,
        problem="null",
        repairs=(
            *common_repairs(column),
            width_repair(column),
            ("invisible_inside", f"{c} <> {f}"),
            (
                "zeros_restored",
                f"list_transform({step(column, 'named')}, lambda i: {restored(column.format, '(i)')})"
                f" <> {step(column, 'named')}"
                if column.format
                else "false",
            ),
            ("list_form", f"coalesce({v}, '') <> {c}"),
        ),
    )


def canonical_item(column: Column) -> str:
    """What an item looks like that needs no second look."""
    return r"\d\d\.\d\d" if column.format == "scope_code" else _CODE
