"""What surrounds a value and is not part of it: blanks of every width, characters that nobody sees, the marks by which
exports protect a number (="…", a leading apostrophe), words for "nothing", full-width typing."""

from ingestion import sql
from ingestion.cells.reading import Dialect, step
from ingestion.contract import Column

#: As a regular expression class: all that Unicode calls white space.
BLANK = r"\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
#: Characters that nobody sees or that only one computer knows: controls, format characters (direction marks, joiners,
#: byte order marks, soft hyphens), private use.
INVISIBLE = r"\x00-\x08\x0e-\x1b\x7f-\x{84}\x{86}-\x{9f}\p{Cf}\p{Co}"
#: Of these, what may be taken out of the middle of prose: a private character may stand for a rare one there.
INVISIBLE_IN_PROSE = r"\x00-\x08\x0e-\x1b\x7f-\x{84}\x{86}-\x{9f}\p{Cf}"
#: What may stand at the ends of a value and is none of it; where nothing else stands, the cell is empty.
EDGE = f"{BLANK}{INVISIBLE}"

#: Words that systems write for an empty cell, compared without regard to case: in every column, and in columns that
#: are no text.
NULL_WORDS = ("null", "-", "－", "—", r"\n")
NULL_WORDS_BUT_TEXT = ("n/a", "#n/a", "none", "nan", "无")

#: ="…" and a leading apostrophe, by which programs keep a spreadsheet from reading a number.
_FORMULA = r'^[=＝] *["“]((?:[^"“”]|"")*)["”]$'
_APOSTROPHES = "'’‘＇"

#: What spreadsheets write where they have no value; a column too narrow shows signs only. #N/A is a word that the contract
#: knows: nothing in columns of other types than text, and in those what stands there.
_ERRORS = (
    r"(?i)#(REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!)"
    r"|#{3,}"
)
_OBJECT = r"""(?s)\[?\s*\{\s*["'][^"']*["']\s*:.*\}\s*\]?"""

#: Full-width forms of the printable ASCII characters, the full-width blank and the minus sign, and what they
#: stand for.
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "　\u00a0−"
_ANY_WIDE = r"[！-～\x{3000}\x{a0}−]"
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F)) + "  -"
_NARROWED = str.maketrans(_WIDE, _NARROW)


def has_wrapping(x: str) -> str:
    """Whether something stands at either end that is not part of the value."""
    return f"regexp_matches({x}, '^[{EDGE}=＝''’‘＇]|[{EDGE}]$')"


def is_null_word(x: str, column: Column) -> str:
    words = NULL_WORDS if column.type == "text" else NULL_WORDS + NULL_WORDS_BUT_TEXT
    return f"(strlen({x}) <= 4 and lower({x}) in {sql.texts(words)})"


def trim(x: str) -> str:
    return (
        f"case when regexp_matches({x}, '^[{EDGE}]|[{EDGE}]$') "
        f"then regexp_replace({x}, '^[{EDGE}]+|[{EDGE}]+$', '', 'g') else {x} end"
    )


def without_invisible(x: str, characters: str = INVISIBLE) -> str:
    return (
        f"case when regexp_matches({x}, '[{characters}]') "
        f"then regexp_replace({x}, '[{characters}]', '', 'g') else {x} end"
    )


def fold(x: str) -> str:
    """Half-width forms for full-width ones. Translating is slow, so it is asked first if there are any."""
    return (
        f"case when strlen({x}) = length({x}) or not regexp_matches({x}, '{_ANY_WIDE}') then {x} "
        f"else translate({x}, {sql.text(_WIDE)}, {sql.text(_NARROW)}) end"
    )


def half_width(value: str) -> str:
    """The same folding in Python, for headings and aliases."""
    return value.translate(_NARROWED)


def common_steps(column: Column, dialect: Dialect) -> tuple[tuple[str, str], ...]:
    """t: trimmed, u: without the marks that protect it, n: without words for nothing, f: half width."""
    x, t, u, n = sql.name(column.name), step(column, "t"), step(column, "u"), step(column, "n")
    nothing = is_null_word(u, column)
    if dialect.aliases:
        nothing = f"({nothing} and lower({u}) not in {sql.texts(tuple(dialect.aliases))})"
    return (
        ("t", trim(x)),
        ("u", _unprotected(column, t)),
        ("n", f"case when {u} = '' or {nothing} then null else {u} end"),
        ("f", fold(n)),
    )


def _unprotected(column: Column, t: str) -> str:
    """In prose an apostrophe may begin a name ('t Hart): it goes only where no Latin letter follows."""
    follows = "[^A-Za-z]" if column.type == "text" and not (column.code or column.values) else "."
    apostrophe = f"^[{_APOSTROPHES}]({follows})".replace("'", "''")
    formula = _FORMULA.replace("'", "''")
    return (
        f"case when regexp_matches({t}, '{formula}') "
        f"then {trim(_inside(t, formula))} "
        f"when regexp_matches({t}, '{apostrophe}') then {trim(f'substr({t}, 2)')} else {t} end"
    )


def _inside(t: str, formula: str) -> str:
    return f"replace(regexp_extract({t}, '{formula}', 1), '\"\"', '\"')"


def common_repairs(column: Column) -> tuple[tuple[str, str], ...]:
    x, t, u, n = sql.name(column.name), step(column, "t"), step(column, "u"), step(column, "n")
    return (
        ("trimmed", f"regexp_matches({x}, '^[{BLANK}]|[{BLANK}]$')"),
        ("invisible", f"regexp_matches({x}, '^[{BLANK}]*[{INVISIBLE}]|[{INVISIBLE}][{BLANK}]*$')"),
        ("protected", f"{u} <> {t}"),
        ("null_word", f"{t} <> '' and {n} is null"),
    )


def clean_steps(column: Column, dialect: Dialect) -> tuple[tuple[str, str], ...]:
    """The common steps, and c: without what nobody sees, for values in whose middle nothing of that kind can stand."""
    return (*common_steps(column, dialect), ("c", without_invisible(step(column, "f"))))


def clean_repairs(column: Column) -> tuple[tuple[str, str], ...]:
    c, f = step(column, "c"), step(column, "f")
    return (*common_repairs(column), width_repair(column), ("invisible_inside", f"{c} <> {f}"))


def is_error(x: str) -> str:
    """Whether the text is what a spreadsheet shows instead of a value: an error's name, or a column too narrow."""
    return f"(starts_with({x}, '#') and regexp_full_match({x}, {sql.text(_ERRORS)}))"


def is_nested(x: str) -> str:
    """Whether the text is the notation of an object: JSON, or Python's."""
    return f"(regexp_matches({x}, '^[\\[{{]') and regexp_full_match({x}, {sql.text(_OBJECT)}))"


def width_repair(column: Column) -> tuple[str, str]:
    return ("full_width", f"{step(column, 'f')} <> {step(column, 'n')}")
