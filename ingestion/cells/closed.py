"""Closed lists: a value of the list, in any case, or a word that the contract or the mapping gives for it."""

from ingestion import sql
from ingestion.cells.blanks import clean_repairs, clean_steps
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.cells.texts import replace_alias
from ingestion.contract import Column


def reading(column: Column, dialect: Dialect) -> Reading:
    x, c, v = sql.name(column.name), step(column, "c"), step(column, "v")
    words = Dialect(aliases={value.lower(): value for value in column.values} | dict(dialect.aliases))
    return Reading(
        canonical=f"{x} in {sql.texts(column.values)}",
        cast=x,
        steps=(
            *clean_steps(column, dialect),
            ("v", replace_alias(c, words, otherwise="null")),
        ),
        value=v,
        problem=f"case when {c} is not null and {v} is null then 'not_in_list' end",
        repairs=(
            *clean_repairs(column),
            ("value_case", f"{v} <> {c} and lower({v}) = lower({c})"),
            ("value_alias", f"lower({v}) <> lower({c})"),
        ),
    )
