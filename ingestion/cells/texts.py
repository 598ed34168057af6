"""Text: trimmed, blank is nothing. In codes, full-width typing is put right; in prose it is left as
written."""

from ingestion import sql
from ingestion.cells.blanks import common_repairs, common_steps, has_edge_blank, is_null_word, width_repair
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column


def reading(column: Column, dialect: Dialect) -> Reading:
    x = sql.name(column.name)
    canonical = f"{x} <> '' and not {has_edge_blank(x)} and not {is_null_word(x)}"
    value = step(column, "f") if column.code else step(column, "n")
    repairs = common_repairs(column)
    if column.code:
        canonical += f" and strlen({x}) = length({x})"
        repairs = (*repairs, width_repair(column))
    if dialect.aliases:
        canonical += f" and ({x} in {sql.texts(known_values(dialect))} or not {is_alias(x, dialect)})"
        plain = value
        value = replace_alias(plain, dialect)
        repairs = (*repairs, ("value_alias", f"{value} <> {plain}"))
    return Reading(
        canonical=canonical,
        cast=x,
        steps=common_steps(column),
        value=value,
        problem="null",
        repairs=repairs,
    )


def known_values(dialect: Dialect) -> tuple[str, ...]:
    return tuple(sorted(set(dialect.aliases.values())))


def is_alias(x: str, dialect: Dialect) -> str:
    return f"lower({x}) in {sql.texts(tuple(dialect.aliases))}"


def replace_alias(x: str, dialect: Dialect, otherwise: str | None = None) -> str:
    """The value that a word stands for; a word that stands for none stays, or becomes `otherwise`."""
    whens = " ".join(
        f"when {sql.text(alias)} then {sql.text(value)}" for alias, value in dialect.aliases.items()
    )
    return f"case lower({x}) {whens} else {otherwise or x} end"
