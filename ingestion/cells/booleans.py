"""Yes and no, as systems and people write them: words, digits, ticks and crosses, the single byte of a database's
bit(1)."""

from ingestion import sql
from ingestion.cells.blanks import clean_repairs, clean_steps
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column

TRUE_WORDS = ("true", "t", "yes", "y", "1", "1.0", "是", "真", "对", "√", "✓", "✔", "☑")
FALSE_WORDS = ("false", "f", "no", "n", "0", "0.0", "否", "假", "错", "×", "✗", "✘", "☒")


def reading(column: Column, dialect: Dialect) -> Reading:
    x, f, v = sql.name(column.name), step(column, "c"), step(column, "v")
    value = (
        f"case when {x} = chr(1) or lower({f}) in {sql.texts((*TRUE_WORDS, *_words(dialect, 'true')))} then true "
        f"when {x} = chr(0) or lower({f}) in {sql.texts((*FALSE_WORDS, *_words(dialect, 'false')))} then false end"
    )
    form = f"{v} is not null and {v}::varchar <> coalesce({f}, '')"
    return Reading(
        canonical=f"{x} in ('true', 'false')",
        cast=f"{x} = 'true'",
        steps=(*clean_steps(column, dialect), ("v", value)),
        value=v,
        problem=f"case when {f} is not null and {v} is null then 'bool_unreadable' end",
        repairs=(*clean_repairs(column), ("bool_form", form)),
    )


def _words(dialect: Dialect, value: str) -> tuple[str, ...]:
    return tuple(alias for alias, meant in dialect.aliases.items() if meant == value)
