"""Text: trimmed, blank is nothing. In codes, full-width typing is put right, what nobody sees is taken out and the
column's form is restored; in prose the letters stay as written."""

from ingestion import sql
from ingestion.cells import forms
from ingestion.cells.blanks import (
    INVISIBLE_IN_PROSE,
    clean_repairs,
    clean_steps,
    common_repairs,
    common_steps,
    has_wrapping,
    is_error,
    is_nested,
    is_null_word,
    without_invisible,
)
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column

#: A text that a spreadsheet would calculate, and nobody did.
_FORMULA = r"""=[A-Za-z_.]+[0-9]*\(.*\)|="[^"]*" *&.*|=\$?[A-Za-z]{1,3}\$?[0-9]+|=('[^']+'|[^'!|]+)!\$?[A-Za-z]{1,3}\$?[0-9]+"""

#: In a text beyond ASCII: what nobody sees, and what was broken on its way.
_UNSEEN = r"\x{80}-\x{84}\x{86}-\x{9f}\p{Cf}\p{Co}\x{fffd}"


def reading(column: Column, dialect: Dialect) -> Reading:
    return _code(column, dialect) if column.code else _prose(column, dialect)


def _prose(column: Column, dialect: Dialect) -> Reading:
    x, n, c = sql.name(column.name), step(column, "n"), step(column, "c")
    unseen = f"(strlen({x}) <> length({x}) and regexp_matches({x}, '[{_UNSEEN}]'))"
    controls = f"regexp_matches({x}, '[\\x00-\\x08\\x0e-\\x1b\\x7f]')"
    odd = f"lower({x}) = '#n/a' or regexp_matches({x}, '^[#\\[{{]') and ({is_error(x)} or {is_nested(x)})"
    canonical = (
        f"{x} <> '' and not {has_wrapping(x)} and not {is_null_word(x, column)} and not {unseen} and not {controls}"
        f" and not ({odd})"
    )
    value, more, alias = _named(c, dialect)
    return Reading(
        canonical=canonical + alias.format(x=x),
        cast=x,
        steps=(*common_steps(column, dialect), ("c", without_invisible(n, INVISIBLE_IN_PROSE))),
        value=f"case when {_no_text(c)} then null else {value} end",
        problem=_why_no_text(c),
        repairs=(*common_repairs(column), ("invisible_inside", f"{c} <> {n}"), *more),
        remarks=(("broken_character", f"regexp_matches({c}, '[\\p{{Co}}\\x{{fffd}}]')"), _no_value(c)),
    )


def _code(column: Column, dialect: Dialect) -> Reading:
    x, c, e, r = sql.name(column.name), *(step(column, name) for name in ("c", "e", "r"))
    formula = f"coalesce(starts_with({c}, '='), false)"
    # Printable ASCII that begins with no mark of protection, error or notation and is no power of ten.
    canonical = (
        f"regexp_full_match({x}, '[!\"$-&(-<>-Z\\\\^-z|}}~]([ -~]*[!-~])?') and not {is_null_word(x, column)}"
        f" and not regexp_matches({x}, '{forms.MAY_BE_POWER}')"
    )
    form = column.format or ("key" if column.name.endswith("_id") else None)
    if shape := forms.canonical(form):
        canonical += f" and regexp_full_match({x}, '{shape}')"
    value, more, alias = _named(r, dialect)
    return Reading(
        canonical=canonical + alias.format(x=x),
        cast=x,
        steps=(
            *clean_steps(column, dialect),
            ("e", forms.expanded(c)),
            ("r", forms.restored(form, e)),
        ),
        value=f"case when {forms.is_power(e)} or {formula} or {_no_text(c)} then null else {value} end",
        problem=f"""case
            when {forms.is_power(e)} then 'digits_lost'
            when {formula} then 'formula_without_value'
            when {_no_text(c)} then {_why_no_text(c)}
            when contains({c}, chr(65533)) then 'broken_character'
        end""",
        repairs=(
            *clean_repairs(column),
            ("power_of_ten", f"{e} <> {c}"),
            (forms.repair_kind(form), f"{r} <> {e}"),
            *more,
        ),
        remarks=(_no_value(c),),
    )


def _no_value(x: str) -> tuple[str, str]:
    return "error_value", f"lower({x}) = '#n/a'"


def _no_text(x: str) -> str:
    """Whether what stands there is no text but a sign that something else belongs there."""
    return f"coalesce({_is_formula(x)} or {is_error(x)} or {is_nested(x)}, false)"


def _why_no_text(x: str) -> str:
    return (
        f"case when {_is_formula(x)} then 'formula_without_value' when {is_error(x)} then 'error_value' "
        f"when {is_nested(x)} then 'nested_value' end"
    )


def _is_formula(x: str) -> str:
    return f"(starts_with({x}, '=') and regexp_full_match({x}, {sql.text(_FORMULA)}))"


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
