"""Closed lists: a value of the list, in any case, or a word that the contract or the mapping gives for it."""

from ingestion import sql
from ingestion.cells.blanks import common_repairs, common_steps, width_repair, without_invisible
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.cells.texts import replace_alias
from ingestion.contract import Column


def reading(column: Column, dialect: Dialect) -> Reading:
    x, f, c, v = sql.name(column.name), step(column, "f"), step(column, "c"), step(column, "v")
    words = Dialect(aliases={value.lower(): value for value in column.values} | dict(dialect.aliases))
    return Reading(
        canonical=f"{x} in {sql.texts(column.values)}",
        cast=x,
        steps=(
            *common_steps(column, dialect),
            ("c", without_invisible(f)),
            ("v", replace_alias(c, words, otherwise="null")),
        ),
        value=v,
        problem=f"case when {c} is not null and {v} is null then 'not_in_list' end",
        repairs=(
            *common_repairs(column),
            width_repair(column),
            ("invisible_inside", f"{c} <> {f}"),
            ("value_case", f"{v} <> {c} and lower({v}) = lower({c})"),
            ("value_alias", f"lower({v}) <> lower({c})"),
        ),
    )
