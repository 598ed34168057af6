"""What surrounds a value and is not part of it: blanks of every width, words for "nothing", full-width
typing."""

from ingestion import sql
from ingestion.cells.reading import step
from ingestion.contract import Column

#: As a regular expression class: all that Unicode calls white space, and the two invisible marks that web
#: pages and byte order marks leave behind.
BLANK = (
    r"\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"
)
_EDGE = f"^[{BLANK}]+|[{BLANK}]+$"

#: Words that systems write for an empty cell; compared without regard to case.
NULL_WORDS = ("null", "-", "－", "—", r"\n")

#: Full-width forms of the printable ASCII characters, the full-width blank and the minus sign, and what they
#: stand for.
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "　\u00a0−"
_ANY_WIDE = r"[！-～\x{3000}\x{a0}−]"
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F)) + "  -"


def has_edge_blank(x: str) -> str:
    return f"regexp_matches({x}, '^[{BLANK}]|[{BLANK}]$')"


def is_null_word(x: str) -> str:
    return f"(strlen({x}) <= 4 and lower({x}) in {sql.texts(NULL_WORDS)})"


def trim(x: str) -> str:
    return f"case when {has_edge_blank(x)} then regexp_replace({x}, '{_EDGE}', '', 'g') else {x} end"


def fold(x: str) -> str:
    """Half-width forms for full-width ones. Translating is slow, so it is asked first if there are any."""
    return (
        f"case when strlen({x}) = length({x}) or not regexp_matches({x}, '{_ANY_WIDE}') then {x} "
        f"else translate({x}, {sql.text(_WIDE)}, {sql.text(_NARROW)}) end"
    )


def half_width(value: str) -> str:
    """The same folding in Python, for headings and aliases."""
    return value.translate(str.maketrans(_WIDE, _NARROW))


def common_steps(column: Column) -> tuple[tuple[str, str], ...]:
    """t: trimmed, n: without words for nothing, f: half width."""
    x, t, n = sql.name(column.name), step(column, "t"), step(column, "n")
    return (
        ("t", trim(x)),
        ("n", f"case when {t} = '' or {is_null_word(t)} then null else {t} end"),
        ("f", fold(n)),
    )


def common_repairs(column: Column) -> tuple[tuple[str, str], ...]:
    x, t, n = sql.name(column.name), step(column, "t"), step(column, "n")
    return (
        ("trimmed", f"{t} <> {x}"),
        ("null_word", f"{t} <> '' and {n} is null"),
    )


def width_repair(column: Column) -> tuple[str, str]:
    return ("full_width", f"{step(column, 'f')} <> {step(column, 'n')}")
