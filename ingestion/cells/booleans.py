"""Yes and no, as systems write them."""

from ingestion import sql
from ingestion.cells.blanks import common_repairs, common_steps, width_repair
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column

TRUE_WORDS = ("true", "t", "yes", "y", "1", "1.0", "是")
FALSE_WORDS = ("false", "f", "no", "n", "0", "0.0", "否")


def reading(column: Column, dialect: Dialect) -> Reading:
    x, f, v = sql.name(column.name), step(column, "f"), step(column, "v")
    value = (
        f"case when lower({f}) in {sql.texts((*TRUE_WORDS, *_words(dialect, 'true')))} then true "
        f"when lower({f}) in {sql.texts((*FALSE_WORDS, *_words(dialect, 'false')))} then false end"
    )
    return Reading(
        canonical=f"{x} in ('true', 'false')",
        cast=f"{x} = 'true'",
        steps=(*common_steps(column), ("v", value)),
        value=v,
        problem=f"case when {f} is not null and {v} is null then 'bool_unreadable' end",
        repairs=(*common_repairs(column), width_repair(column), ("bool_form", f"{v}::varchar <> {f}")),
    )


def _words(dialect: Dialect, value: str) -> tuple[str, ...]:
    return tuple(alias for alias, meant in dialect.aliases.items() if meant == value)
