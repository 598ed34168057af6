"""Closed lists: a value of the list, in any case, or a word that the contract or the mapping gives for it."""

from ingestion import sql
from ingestion.cells.blanks import common_repairs, common_steps, width_repair
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.cells.texts import replace_alias
from ingestion.contract import Column


def reading(column: Column, dialect: Dialect) -> Reading:
    x, f, v = sql.name(column.name), step(column, "f"), step(column, "v")
    words = Dialect(aliases={value.lower(): value for value in column.values} | dict(dialect.aliases))
    return Reading(
        canonical=f"{x} in {sql.texts(column.values)}",
        cast=x,
        steps=(*common_steps(column), ("v", replace_alias(f, words, otherwise="null"))),
        value=v,
        problem=f"case when {f} is not null and {v} is null then 'not_in_list' end",
        repairs=(
            *common_repairs(column),
            width_repair(column),
            ("value_case", f"{v} <> {f} and lower({v}) = lower({f})"),
            ("value_alias", f"lower({v}) <> lower({f})"),
        ),
    )
