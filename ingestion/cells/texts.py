"""Text: trimmed, blank is nothing. In codes, full-width typing is put right, what nobody sees is taken out and the
column's form is restored; in prose the letters stay as written."""

from ingestion import sql
from ingestion.cells import forms
from ingestion.cells.blanks import (
    INVISIBLE,
    INVISIBLE_IN_PROSE,
    common_repairs,
    common_steps,
    has_wrapping,
    is_null_word,
    width_repair,
    without_invisible,
)
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column

#: In a text beyond ASCII: what nobody sees, and what was broken on its way.
_UNSEEN = r"\x{80}-\x{84}\x{86}-\x{9f}\p{Cf}\p{Co}\x{fffd}"


def reading(column: Column, dialect: Dialect) -> Reading:
    return _code(column, dialect) if column.code else _prose(column, dialect)


def _prose(column: Column, dialect: Dialect) -> Reading:
    x, n, c = sql.name(column.name), step(column, "n"), step(column, "c")
    unseen = f"(strlen({x}) <> length({x}) and regexp_matches({x}, '[{_UNSEEN}]'))"
    controls = f"regexp_matches({x}, '[\\x00-\\x08\\x0e-\\x1b\\x7f]')"
    canonical = f"{x} <> '' and not {has_wrapping(x)} and not {is_null_word(x, column)} and not {unseen} and not {controls}"
    value, more, alias = _named(c, dialect)
    return Reading(
        canonical=canonical + alias.format(x=x),
        cast=x,
        steps=(*common_steps(column, dialect), ("c", without_invisible(n, INVISIBLE_IN_PROSE))),
        value=value,
        problem="null",
        repairs=(*common_repairs(column), ("invisible_inside", f"{c} <> {n}"), *more),
        remarks=(("broken_character", f"regexp_matches({c}, '[\\p{{Co}}\\x{{fffd}}]')"),),
    )


def _code(column: Column, dialect: Dialect) -> Reading:
    x, f, c = sql.name(column.name), step(column, "f"), step(column, "c")
    e, r = step(column, "e"), step(column, "r")
    # Printable ASCII that begins with no mark of protection and is no power of ten.
    canonical = (
        f"regexp_full_match({x}, '[!-&(-<>-~]([ -~]*[!-~])?') and not {is_null_word(x, column)}"
        f" and not regexp_matches({x}, '^[0-9][0-9.]*[eE][+0-9]')"
    )
    form = forms.canonical(column.format)
    if form:
        canonical += f" and regexp_full_match({x}, '{form}')"
    value, more, alias = _named(r, dialect)
    return Reading(
        canonical=canonical + alias.format(x=x),
        cast=x,
        steps=(
            *common_steps(column, dialect),
            ("c", without_invisible(f, INVISIBLE)),
            ("e", forms.expanded(c)),
            ("r", forms.restored(column.format, e)),
        ),
        value=f"case when {forms.is_power(e)} then null else {value} end",
        problem=f"""case
            when {forms.is_power(e)} then 'digits_lost'
            when contains({c}, chr(65533)) then 'broken_character'
        end""",
        repairs=(
            *common_repairs(column),
            width_repair(column),
            ("invisible_inside", f"{c} <> {f}"),
            ("power_of_ten", f"{e} <> {c}"),
            (forms.repair_kind(column.format), f"{r} <> {e}"),
            *more,
        ),
    )


def _named(plain: str, dialect: Dialect) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """The value that the mapping's words give, its repair, and what keeps a text from being canonical."""
    if not dialect.aliases:
        return plain, (), ""
    value = replace_alias(plain, dialect)
    known = sql.texts(known_values(dialect)).replace("{", "{{").replace("}", "}}")
    words = sql.texts(tuple(dialect.aliases)).replace("{", "{{").replace("}", "}}")
    return (
        value,
        (("value_alias", f"{value} <> {plain}"),),
        f" and ({{x}} in {known} or lower({{x}}) not in {words})",
    )


def known_values(dialect: Dialect) -> tuple[str, ...]:
    return tuple(sorted(set(dialect.aliases.values())))


def replace_alias(x: str, dialect: Dialect, otherwise: str | None = None) -> str:
    """The value that a word stands for; a word that stands for none stays, or becomes `otherwise`."""
    whens = " ".join(
        f"when {sql.text(alias)} then {sql.text(value)}" for alias, value in dialect.aliases.items()
    )
    return f"case lower({x}) {whens} else {otherwise or x} end"
