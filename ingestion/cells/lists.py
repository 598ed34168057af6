"""Lists of codes joined by ';'. Other separators that cannot stand in a code are read as one; order is kept,
empty and repeated values are left out."""

import re

from ingestion import sql
from ingestion.cells.blanks import BLANK, common_repairs, common_steps, is_null_word, trim, width_repair
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.cells.texts import replace_alias
from ingestion.contract import Column

_SEPARATORS = ";,、"
_CODE = f"[^{BLANK};,、！-～]+"


def reading(column: Column, dialect: Dialect) -> Reading:
    x, f = sql.name(column.name), step(column, "f")
    items, v = step(column, "items"), step(column, "v")
    words = "|".join(re.escape(word) for word in sorted(set(dialect.aliases.values()))) or _CODE
    repeated = f"(contains({x}, ';') and list_unique(string_split({x}, ';')) < len(string_split({x}, ';')))"
    item = f"({trim('i')})"
    named = replace_alias(item, dialect) if dialect.aliases else item
    return Reading(
        canonical=(
            f"regexp_full_match({x}, '({words})(;({words}))*') and not {is_null_word(x)} and not {repeated}"
        ),
        cast=x,
        steps=(
            *common_steps(column),
            (
                "items",
                f"list_filter(list_transform(string_split_regex({f}, '[{_SEPARATORS}\\n]'), "
                f"lambda i: {named}), lambda i: i <> '')",
            ),
            ("kept", f"list_filter({items}, lambda i, n: list_position({items}, i) = n)"),
            ("v", f"nullif(array_to_string({step(column, 'kept')}, ';'), '')"),
        ),
        value=v,
        problem="null",
        repairs=(
            *common_repairs(column),
            width_repair(column),
            ("list_form", f"coalesce({v}, '') <> {f}"),
        ),
    )
